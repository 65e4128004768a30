-- One row per unit, indicator and year to be made again, with the year's first and last day. Grain: unit_id, indicator_id, year.
-- A series that is carried otherwise than before is expected otherwise in every year: then all years with figures.
CREATE TABLE redone AS
WITH redone_year AS (
    SELECT t.organisation_code, t."year" FROM touched AS t
    UNION
    SELECT p.organisation_code, p."year"
    FROM snapshot.period AS p
    WHERE $all_years AND p.organisation_code IN (SELECT t.organisation_code FROM touched AS t)
)

SELECT
    r.organisation_code, r.unit_id, r.unit_code, i.indicator_id, i.indicator_code, y."year",
    MAKE_DATE(y."year" - CASE WHEN o.year_offset > 0 THEN 1 ELSE 0 END, o.year_offset + 1, 1) AS first_day,
    CAST(
        MAKE_DATE(y."year" + CASE WHEN o.year_offset > 0 THEN 0 ELSE 1 END, o.year_offset + 1, 1) - INTERVAL 1 DAY AS DATE
    ) AS last_day
FROM redone_unit AS r
INNER JOIN redone_year AS y USING (organisation_code)
INNER JOIN organisation AS o USING (organisation_code)
INNER JOIN indicator AS i USING (organisation_code)
INNER JOIN redone_indicator AS d USING (indicator_id)
