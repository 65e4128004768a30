-- Adds the choice of a rule profile. Grain: organisation_code, from_year, batch_number.
INSERT INTO profile_choice (organisation_code, from_year, profile_code, batch_number)
VALUES ($organisation_code, $from_year, $profile_code, $batch_number)
