-- One row per value in force. Grain: unit_id, indicator_id, months, start_month.
-- Only keys that were ever corrected can have several standing rows, so only those are ranked.
CREATE TABLE measurement AS
WITH standing AS (
    SELECT
        m.organisation_code, m.unit_code, m.indicator_code, m.grain, m.period_start, m.value, m.numerator,
        m.denominator, m.multiplier, m.verification, m.note, m.line, m.batch_number
    FROM record.measurement AS m
    SEMI JOIN standing_batch AS s USING (batch_number)
),

corrected AS (
    SELECT DISTINCT m.organisation_code, m.unit_code, m.indicator_code, m.grain, m.period_start
    FROM record.measurement AS m
    WHERE m.corrects
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
    n.value, n.numerator, n.denominator,
    CASE WHEN n.numerator IS NOT NULL THEN COALESCE(n.multiplier, i.multiplier) END AS multiplier,
    CAST(CASE n.verification WHEN 'reported' THEN 0 WHEN 'verified' THEN 1 ELSE 2 END AS TINYINT) AS verification,
    n.note, n.line, n.batch_number
FROM newest AS n
INNER JOIN unit AS u USING (organisation_code, unit_code)
INNER JOIN indicator AS i USING (organisation_code, indicator_code)
