-- One row per unit and period with a value of an indicator that the unit reports itself, at its own grain or a coarser one.
-- Grain: organisation_code, grain, period_end, unit_code.
INSERT INTO snapshot.reporting
SELECT
    u.organisation_code, l.grain,
    LAST_DAY(MAKE_DATE((c.start_month + c.months - 1) // 12, (c.start_month + c.months - 1) % 12 + 1, 1)) AS period_end,
    u.unit_code, COUNT(*) AS reported
FROM consolidated AS c
INNER JOIN carrier AS r ON c.unit_id = r.unit_id AND c.indicator_id = r.indicator_id
INNER JOIN unit AS u ON c.unit_id = u.unit_id
INNER JOIN length AS l ON c.months = l.months
WHERE c.value IS NOT NULL AND r.has_values = 1 AND r.months <= c.months
GROUP BY u.organisation_code, l.grain, c.start_month, c.months, u.unit_code
ORDER BY u.organisation_code, l.grain, period_end, u.unit_code
