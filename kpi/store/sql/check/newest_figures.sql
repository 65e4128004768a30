-- One row per value and per target as they stood at a version of the record. Grain: kind, organisation, unit, indicator, grain, period.
WITH standing AS (
    SELECT b.batch_number
    FROM batch AS b
    WHERE b.batch_number <= $record_version
        AND NOT EXISTS (
            SELECT 1
            FROM batch AS w
            WHERE w.withdraws = b.batch_number AND w.batch_number <= $record_version
        )
),

stated AS (
    SELECT
        'value' AS kind, m.organisation_code, m.unit_code, m.indicator_code, m.grain, m.period_start, m.value AS figure,
        m.batch_number
    FROM measurement AS m
    UNION ALL
    SELECT
        'target' AS kind, t.organisation_code, t.unit_code, t.indicator_code, t.grain, t.period_start,
        t.target AS figure, t.batch_number
    FROM target AS t
),

ranked AS (
    SELECT
        s.kind, s.organisation_code, s.unit_code, s.indicator_code, s.grain, s.period_start, s.figure, s.batch_number,
        ROW_NUMBER() OVER (
            PARTITION BY s.kind, s.organisation_code, s.unit_code, s.indicator_code, s.grain, s.period_start
            ORDER BY s.batch_number DESC
        ) AS age
    FROM stated AS s
    INNER JOIN standing AS b USING (batch_number)
)

SELECT r.kind, r.organisation_code, r.unit_code, r.indicator_code, r.grain, r.period_start, r.figure, r.batch_number
FROM ranked AS r
WHERE r.age = 1
