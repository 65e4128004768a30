-- One row per unit of which a batch reported or corrected figures. Grain: organisation_code, batch_number, unit_code.
SELECT DISTINCT o.organisation_code, o.batch_number, o.unit_code
FROM (
    SELECT r.organisation_code, r.batch_number, r.unit_code FROM reported AS r
    UNION ALL
    SELECT r.organisation_code, r.target_batch_number, r.unit_code FROM reported AS r
    UNION ALL
    SELECT r.organisation_code, r.batch_number, r.unit_code FROM restatement AS r
) AS o
WHERE o.batch_number IS NOT NULL
    AND ($batch_number IS NULL OR o.batch_number = $batch_number)
    AND ($unit_codes IS NULL OR o.unit_code IN (SELECT UNNEST(CAST($unit_codes AS VARCHAR[]))))
