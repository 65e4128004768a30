-- One row per indicator of an organisation, with a number in the order of their codes. Grain: indicator_code.
CREATE OR REPLACE TEMP TABLE numbered_indicator AS
SELECT i.indicator_code, CAST(ROW_NUMBER() OVER (ORDER BY i.indicator_code) - 1 AS INTEGER) AS indicator_number
FROM indicator AS i
WHERE i.organisation_code = $organisation_code
