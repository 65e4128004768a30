-- Adds when figures of a grain are due. Grain: organisation_code, grain, batch_number.
INSERT INTO reporting_rule (organisation_code, grain, working_days, batch_number)
VALUES ($organisation_code, $grain, $working_days, $batch_number)
