-- One row per figure as it was reported, value and target together. Grain: unit, indicator, grain, period.
INSERT INTO snapshot.reported
WITH stated AS (
    SELECT
        m.unit_id, m.indicator_id, m.months, m.start_month, m.value, m.numerator, m.denominator, m.multiplier,
        CAST(NULL AS DOUBLE) AS target, CAST(NULL AS DOUBLE) AS target_high, m.verification, m.note, m.batch_number,
        CAST(NULL AS BIGINT) AS target_batch_number, m.line, CAST(NULL AS BIGINT) AS target_line
    FROM measurement AS m
    UNION ALL
    SELECT
        t.unit_id, t.indicator_id, t.months, t.start_month, NULL, NULL, NULL, NULL, t.target, t.target_high, NULL, NULL,
        NULL, t.batch_number, NULL, t.line
    FROM target AS t
),

combined AS (
    SELECT
        s.unit_id, s.indicator_id, CAST(s.months AS INTEGER) AS months, s.start_month, MAX(s.value) AS value,
        MAX(s.numerator) AS numerator, MAX(s.denominator) AS denominator, MAX(s.multiplier) AS multiplier,
        MAX(s.target) AS target, MAX(s.target_high) AS target_high, MAX(s.verification) AS verification,
        MAX(s.note) AS note, MAX(s.batch_number) AS batch_number, MAX(s.target_batch_number) AS target_batch_number,
        MAX(s.line) AS line, MAX(s.target_line) AS target_line
    FROM stated AS s
    GROUP BY s.unit_id, s.indicator_id, s.months, s.start_month
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
