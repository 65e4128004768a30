-- One row per organisation. Grain: organisation_code.
SELECT o.organisation_code, o.name, o.year_starts_in, o.is_synthetic
FROM organisation AS o
ORDER BY o.organisation_code
