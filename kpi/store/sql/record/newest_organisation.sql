-- One row: the organisation as the newest standing batch that names it has it. Grain: organisation_code.
SELECT o.organisation_code, o.name, o.year_starts_in, o.is_synthetic
FROM organisation AS o
INNER JOIN standing_batch AS b USING (batch_number)
WHERE o.organisation_code = $organisation_code
ORDER BY o.batch_number DESC
LIMIT 1
