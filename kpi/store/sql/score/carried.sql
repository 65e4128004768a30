-- One row per indicator that a unit carries in a year, by a fact of any grain or by agreement. Grain: unit_number, indicator_number, year.
CREATE OR REPLACE TEMP TABLE carried_in_year AS
WITH carried AS (
    SELECT f.unit_code, f.indicator_code, f."year"
    FROM facts_by_unit AS f
    WHERE f.organisation_code = $organisation_code AND ($first_year IS NULL OR f."year" BETWEEN $first_year AND $last_year)
        AND ($unit_codes IS NULL OR f.unit_code IN (SELECT UNNEST(CAST($unit_codes AS VARCHAR[]))))
    UNION
    SELECT a.unit_code, a.indicator_code, a."year"
    FROM agreement AS a
    WHERE a.organisation_code = $organisation_code AND ($first_year IS NULL OR a."year" BETWEEN $first_year AND $last_year)
)

SELECT u.unit_number, i.indicator_number, c."year", a.weight
FROM carried AS c
INNER JOIN numbered_unit AS u USING (unit_code)
INNER JOIN numbered_indicator AS i USING (indicator_code)
LEFT JOIN agreement AS a
    ON a.organisation_code = $organisation_code AND c.unit_code = a.unit_code
    AND c.indicator_code = a.indicator_code AND c."year" = a."year"
