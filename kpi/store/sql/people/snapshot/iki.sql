-- One row per individual indicator. Grain: employee_code, indicator_code.
SELECT
    i.employee_code, i.indicator_code, i.name, i."cascade", i.unit_of_measure, i.polarity, i.grain, i.multiplier,
    i.decimals, i.from_unit_code, i.from_indicator_code
FROM iki AS i
WHERE i.organisation_code = $organisation_code AND i.is_newest
    AND ($employee_codes IS NULL OR LIST_CONTAINS($employee_codes, i.employee_code))
ORDER BY i.employee_code, i.indicator_code
