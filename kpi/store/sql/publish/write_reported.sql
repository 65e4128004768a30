-- One row per figure as it was reported, value and target together. Grain: unit, indicator, grain, period.
INSERT INTO snapshot.reported
WITH combined AS (
    SELECT
        unit_id, indicator_id, CAST(months AS INTEGER) AS months, start_month, m.value, m.numerator, m.denominator,
        m.multiplier, t.target, t.target_high, m.verification, m.note, m.batch_number,
        t.batch_number AS target_batch_number, m.line, t.line AS target_line
    FROM measurement AS m
    FULL JOIN target AS t USING (unit_id, indicator_id, months, start_month)
)

SELECT
    u.organisation_code, u.unit_code, i.indicator_code, l.grain,
    MAKE_DATE(c.start_month // 12, c.start_month % 12 + 1, 1) AS period_start,
    LAST_DAY(MAKE_DATE((c.start_month + c.months - 1) // 12, (c.start_month + c.months - 1) % 12 + 1, 1)) AS period_end,
    c.value, c.numerator, c.denominator, c.multiplier, c.target, c.target_high,
    CASE c.verification WHEN 0 THEN 'reported' WHEN 1 THEN 'verified' WHEN 2 THEN 'locked' END AS verification, c.note,
    c.batch_number, c.target_batch_number, c.line, c.target_line
FROM combined AS c
INNER JOIN unit AS u USING (unit_id)
INNER JOIN indicator AS i USING (indicator_id)
INNER JOIN length AS l ON c.months = l.months
ORDER BY c.unit_id, c.indicator_id, c.months, c.start_month
