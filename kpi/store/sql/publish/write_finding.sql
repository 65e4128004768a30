-- One row per finding. Grain: organisation, kind, unit, indicator, grain, period.
INSERT INTO snapshot.finding
SELECT
    u.organisation_code, f.kind, u.unit_code, i.indicator_code, l.grain,
    MAKE_DATE(f.start_month // 12, f.start_month % 12 + 1, 1) AS period_start,
    LAST_DAY(MAKE_DATE((f.start_month + f.months - 1) // 12, (f.start_month + f.months - 1) % 12 + 1, 1)) AS period_end,
    f.reported, f.other, f.parts_expected, f.parts_present
FROM finding AS f
INNER JOIN unit AS u USING (unit_id)
INNER JOIN indicator AS i USING (indicator_id)
INNER JOIN length AS l ON f.months = l.months
ORDER BY f.unit_id, f.indicator_id, f.months, f.start_month, f.kind
