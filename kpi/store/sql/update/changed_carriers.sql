-- One row: how many series of the redone units are carried otherwise than before. Grain: the update.
WITH shown AS (
    SELECT
        r.unit_id, i.indicator_id, CAST(c.has_values AS INTEGER) AS has_values, c.months, c.first_year, c.every_years
    FROM snapshot.carrier AS c
    INNER JOIN redone_unit AS r USING (organisation_code, unit_code)
    INNER JOIN indicator AS i USING (organisation_code, indicator_code)
),

now AS (
    SELECT c.unit_id, c.indicator_id, CAST(c.has_values AS INTEGER) AS has_values, c.months, c.first_year, c.every_years
    FROM carrier AS c
)

SELECT (SELECT COUNT(*) FROM (FROM now EXCEPT FROM shown)) + (SELECT COUNT(*) FROM (FROM shown EXCEPT FROM now)) AS changed
