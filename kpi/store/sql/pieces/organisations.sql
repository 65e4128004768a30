-- One row per organisation, the one with the most figures first. Grain: organisation_code.
SELECT o.organisation_code, COALESCE(SUM(b.measurements + b.targets), 0) AS figures
FROM (SELECT DISTINCT o.organisation_code FROM definitions.organisation AS o) AS o
LEFT JOIN definitions.batch AS b ON o.organisation_code = b.organisation_code
GROUP BY o.organisation_code
ORDER BY figures DESC, o.organisation_code
