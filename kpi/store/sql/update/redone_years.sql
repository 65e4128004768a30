-- One row per organisation and year to be made again. Grain: organisation_code, year.
SELECT DISTINCT r.organisation_code, r."year"
FROM work.redone AS r
ORDER BY r.organisation_code, r."year"
