-- Adds a version of a statement. Grain: organisation_code, statement_code, batch_number.
INSERT INTO statement (organisation_code, statement_code, unit_code, indicator_code, "year", state, body, batch_number)
VALUES ($organisation_code, $statement_code, $unit_code, $indicator_code, $year, $state, $body, $batch_number)
