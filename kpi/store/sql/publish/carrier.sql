-- One row per unit and indicator that it reports, has a target for or has agreed to. Grain: unit_id, indicator_id.
-- months = the unit's own grain: the finest with values, else the finest with targets, else the indicator's.
CREATE TABLE carrier AS
WITH stated AS (
    SELECT m.unit_id, m.indicator_id, m.months, m."year", 1 AS is_value FROM measurement AS m
    UNION ALL
    SELECT c.unit_id, c.indicator_id, c.months, c."year", 1 AS is_value FROM computed AS c
    UNION ALL
    SELECT t.unit_id, t.indicator_id, t.months, t."year", 0 AS is_value FROM target AS t
    UNION ALL
    SELECT a.unit_id, a.indicator_id, NULL AS months, a."year", 0 AS is_value FROM agreement AS a
),

series AS (
    SELECT
        s.unit_id, s.indicator_id, MAX(s.is_value) AS has_values,
        MIN(CASE WHEN s.is_value = 1 THEN s.months END) AS value_months, MIN(s.months) AS any_months,
        MIN(CASE WHEN s.is_value = 1 THEN s."year" END) AS first_value_year, MIN(s."year") AS first_year
    FROM stated AS s
    GROUP BY s.unit_id, s.indicator_id
)

SELECT
    s.unit_id, s.indicator_id, s.has_values,
    CAST(COALESCE(s.value_months, s.any_months, i.months) AS INTEGER) AS months,
    CAST(COALESCE(s.first_value_year, s.first_year) AS INTEGER) AS first_year, i.every_years
FROM series AS s
INNER JOIN indicator AS i USING (indicator_id)
