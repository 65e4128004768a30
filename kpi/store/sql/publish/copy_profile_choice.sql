-- One row per standing choice of a rule profile. Grain: organisation_code, from_year, batch_number.
CREATE TABLE profile_choice AS
SELECT p.organisation_code, p.from_year, p.profile_code, p.batch_number
FROM record.profile_choice AS p
INNER JOIN standing_batch AS s USING (batch_number)
