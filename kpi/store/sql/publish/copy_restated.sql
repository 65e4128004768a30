-- One row per value and per target, standing or not, of the keys that ever had another before. Grain: field, unit, indicator, months, start_month, batch.
-- A key had another when a row corrects it, or when a batch that stated it was withdrawn: few, unless a large batch was.
CREATE TABLE restated AS
WITH known AS (
    SELECT b.batch_number, w.batch_number AS withdrawn_by
    FROM batch AS b
    LEFT JOIN batch AS w ON w.withdraws = b.batch_number
),

restated_key AS (
    SELECT m.organisation_code, m.unit_code, m.indicator_code, m.grain, m.period_start
    FROM record.measurement AS m
    INNER JOIN known AS k USING (batch_number)
    WHERE m.corrects OR k.withdrawn_by IS NOT NULL
    UNION
    SELECT t.organisation_code, t.unit_code, t.indicator_code, t.grain, t.period_start
    FROM record.target AS t
    INNER JOIN known AS k USING (batch_number)
    WHERE t.corrects OR k.withdrawn_by IS NOT NULL
),

stated AS (
    SELECT
        'value' AS field, m.organisation_code, m.unit_code, m.indicator_code, m.grain, m.period_start, m.value,
        m.numerator, m.denominator, CAST(NULL AS DOUBLE) AS target, CAST(NULL AS DOUBLE) AS target_high,
        m.batch_number, k.withdrawn_by
    FROM record.measurement AS m
    INNER JOIN known AS k USING (batch_number)
    SEMI JOIN restated_key AS r USING (organisation_code, unit_code, indicator_code, grain, period_start)
    UNION ALL
    SELECT
        'target' AS field, t.organisation_code, t.unit_code, t.indicator_code, t.grain, t.period_start, NULL, NULL,
        NULL, t.target, t.target_high, t.batch_number, k.withdrawn_by
    FROM record.target AS t
    INNER JOIN known AS k USING (batch_number)
    SEMI JOIN restated_key AS r USING (organisation_code, unit_code, indicator_code, grain, period_start)
)

SELECT
    s.field, u.unit_id, i.indicator_id, l.months,
    CAST(YEAR(s.period_start) * 12 + MONTH(s.period_start) - 1 AS INTEGER) AS start_month, s.value, s.numerator,
    s.denominator, s.target, s.target_high, s.batch_number, s.withdrawn_by
FROM stated AS s
INNER JOIN unit AS u USING (organisation_code, unit_code)
INNER JOIN indicator AS i USING (organisation_code, indicator_code)
INNER JOIN length AS l ON s.grain = l.grain
