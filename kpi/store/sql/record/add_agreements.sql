-- Adds the weights that are new or changed. Grain: unit_code, indicator_code, year, batch_number.
INSERT INTO agreement (organisation_code, unit_code, indicator_code, "year", weight, batch_number)
SELECT DISTINCT $organisation_code, c.unit_code, c.indicator_code, c."year", c.weight, $batch_number
FROM compared AS c
WHERE c.weight_state <> 'unchanged'
