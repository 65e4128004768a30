-- One row per post of an employee, its newest standing version. Grain: employee_code, valid_from.
WITH version AS (
    SELECT
        t.organisation_code, t.employee_code, t.name, t.position, t.unit_code, t.valid_from, t.valid_to,
        t.superior_code, t.functional_level,
        ROW_NUMBER() OVER (PARTITION BY t.employee_code, t.valid_from ORDER BY t.batch_number DESC) AS age
    FROM employee AS t
    INNER JOIN standing_batch AS b USING (batch_number)
    WHERE t.organisation_code = $organisation_code
)

SELECT
    v.organisation_code, v.employee_code, v.name, v.position, v.unit_code, v.valid_from, v.valid_to, v.superior_code,
    v.functional_level
FROM version AS v
WHERE v.age = 1
ORDER BY v.employee_code, v.valid_from
