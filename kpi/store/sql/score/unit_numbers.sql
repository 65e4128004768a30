-- One row per unit of an organisation, with a number in the order of their codes: what is scored is joined and sorted by these. Grain: unit_code.
CREATE OR REPLACE TEMP TABLE numbered_unit AS
SELECT u.unit_code, CAST(ROW_NUMBER() OVER (ORDER BY u.unit_code) - 1 AS INTEGER) AS unit_number
FROM unit AS u
WHERE u.organisation_code = $organisation_code
