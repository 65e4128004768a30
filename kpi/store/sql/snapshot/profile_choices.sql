-- One row per choice of a rule profile, in the order in which they were made. Grain: organisation_code, batch_number.
SELECT p.organisation_code, p.from_year, p.profile_code
FROM profile_choice AS p
ORDER BY p.organisation_code, p.batch_number
