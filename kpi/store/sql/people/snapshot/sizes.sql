-- One row per unit with somebody in post on a day: how many. Grain: unit_code.
SELECT
    e.unit_code, COUNT(DISTINCT e.employee_code) AS persons
FROM employee AS e
WHERE e.organisation_code = $organisation_code AND e.is_newest AND e.unit_code IS NOT NULL
    AND e.valid_from <= $on AND COALESCE(e.valid_to, DATE '9999-12-31') >= $on
GROUP BY e.unit_code
ORDER BY e.unit_code
