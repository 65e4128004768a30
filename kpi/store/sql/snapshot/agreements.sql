-- One row per unit, indicator and year that were agreed. Grain: unit_code, indicator_code, year.
SELECT a.unit_code, a.indicator_code, a."year", a.weight
FROM agreement AS a
WHERE a.organisation_code = $organisation_code AND ($year IS NULL OR a."year" = $year)
ORDER BY a.unit_code, a.indicator_code, a."year"
