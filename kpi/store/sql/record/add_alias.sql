-- Adds one confirmed name. Grain: organisation_code, kind, name, batch_number.
INSERT INTO alias (organisation_code, kind, name, code, batch_number)
VALUES ($organisation_code, $kind, $name, $code, $batch_number)
