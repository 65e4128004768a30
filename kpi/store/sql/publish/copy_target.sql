-- One row per target in force. Grain: unit_id, indicator_id, months, start_month.
CREATE TABLE target AS
WITH standing AS (
    SELECT
        t.organisation_code, t.unit_code, t.indicator_code, t.grain, t.period_start, t.target, t.target_high,
        t.line, t.batch_number
    FROM record.target AS t
    SEMI JOIN standing_batch AS s USING (batch_number)
),

corrected AS (
    SELECT DISTINCT t.organisation_code, t.unit_code, t.indicator_code, t.grain, t.period_start
    FROM record.target AS t
    WHERE t.corrects
),

ranked AS (
    SELECT
        s.*,
        ROW_NUMBER() OVER (
            PARTITION BY s.organisation_code, s.unit_code, s.indicator_code, s.grain, s.period_start
            ORDER BY s.batch_number DESC
        ) AS age
    FROM standing AS s
    SEMI JOIN corrected AS c USING (organisation_code, unit_code, indicator_code, grain, period_start)
),

newest AS (
    SELECT s.*
    FROM standing AS s
    ANTI JOIN corrected AS c USING (organisation_code, unit_code, indicator_code, grain, period_start)
    UNION ALL
    SELECT r.* EXCLUDE (age)
    FROM ranked AS r
    WHERE r.age = 1
)

SELECT
    u.unit_id, i.indicator_id,
    CAST(CASE n.grain WHEN 'month' THEN 1 WHEN 'quarter' THEN 3 WHEN 'semester' THEN 6 ELSE 12 END AS TINYINT) AS months,
    CAST(YEAR(n.period_start) * 12 + MONTH(n.period_start) - 1 AS INTEGER) AS start_month,
    CAST(YEAR(n.period_start) + CASE
        WHEN u.year_offset > 0 AND MONTH(n.period_start) > u.year_offset THEN 1 ELSE 0
    END AS SMALLINT) AS "year",
    n.target, n.target_high, n.line, n.batch_number
FROM newest AS n
INNER JOIN unit AS u USING (organisation_code, unit_code)
INNER JOIN indicator AS i USING (organisation_code, indicator_code)
