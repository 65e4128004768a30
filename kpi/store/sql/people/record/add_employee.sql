-- Adds one version of each incoming post of an employee. Grain: employee_code, valid_from, batch_number.
INSERT INTO employee (
    organisation_code, employee_code, name, position, unit_code, valid_from, valid_to, superior_code,
    functional_level, batch_number
)
SELECT
    t.organisation_code, t.employee_code, t.name, t.position, t.unit_code, t.valid_from, t.valid_to, t.superior_code,
    t.functional_level, $batch_number
FROM incoming AS t
