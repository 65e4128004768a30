-- One row per unit of an organisation to be made again. Grain: unit_code.
SELECT r.unit_code
FROM work.redone_unit AS r
WHERE r.organisation_code = $organisation_code
ORDER BY r.unit_code
