-- One row per folded entry of the access log; a parameter that is null asks for all. Grain: file_name, line.
SELECT
    e.file_name,
    e."at",
    e.act,
    e.who,
    e.roles,
    e.organisation_code,
    e.employee_code,
    e.unit_code,
    e.what,
    e.whom
FROM log_entry AS e
WHERE
    ($act IS NULL OR e.act = $act)
    AND ($organisation_code IS NULL OR e.organisation_code = $organisation_code)
    AND ($employee_code IS NULL OR e.employee_code = $employee_code)
ORDER BY e.file_name, e.line
