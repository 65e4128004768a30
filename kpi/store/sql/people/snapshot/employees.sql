-- One row per post of an employee; with a day, only those held on it. Grain: employee_code, valid_from.
SELECT
    e.employee_code, e.name, e.position, e.unit_code, e.superior_code, e.functional_level, e.valid_from, e.valid_to
FROM employee AS e
WHERE e.organisation_code = $organisation_code AND e.is_newest
    AND ($employee_codes IS NULL OR LIST_CONTAINS($employee_codes, e.employee_code))
    AND ($unit_codes IS NULL OR LIST_CONTAINS($unit_codes, e.unit_code))
    AND ($superior_code IS NULL OR e.superior_code = $superior_code)
    AND ($on IS NULL OR (e.valid_from <= $on AND COALESCE(e.valid_to, DATE '9999-12-31') >= $on))
ORDER BY e.employee_code, e.valid_from
