-- One row per organisation and year with facts, and how many. Grain: organisation_code, year.
SELECT f.organisation_code, f."year", COUNT(*) AS facts
FROM facts_by_unit AS f
GROUP BY f.organisation_code, f."year"
ORDER BY f.organisation_code, f."year"
