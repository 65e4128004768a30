-- Adds a version of the organisation. Grain: organisation_code, batch_number.
INSERT INTO organisation (organisation_code, name, year_starts_in, is_synthetic, batch_number)
SELECT o.organisation_code, o.name, o.year_starts_in, o.is_synthetic, $batch_number
FROM incoming_organisation AS o
