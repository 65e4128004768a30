-- Persons appraised, by the unit of the post held at the end. Grain: unit_code, kind, period, work_result, behaviour.
WITH post AS (
    SELECT
        a.employee_code, a.kind, a.period_start, a.period_end, a.work_result, a.behaviour, e.unit_code,
        ROW_NUMBER() OVER (
            PARTITION BY a.employee_code, a.kind, a.period_end ORDER BY e.valid_from DESC
        ) AS age
    FROM appraisal AS a
    INNER JOIN employee AS e
        ON a.organisation_code = e.organisation_code AND a.employee_code = e.employee_code AND e.is_newest
        AND e.valid_from <= a.period_end
    WHERE a.organisation_code = $organisation_code AND a.is_newest
        AND ($kind IS NULL OR a.kind = $kind)
        AND ($first IS NULL OR a.period_end >= $first)
        AND ($last IS NULL OR a.period_end <= $last)
)

SELECT
    p.unit_code, p.kind, p.period_start, p.period_end, p.work_result, p.behaviour, COUNT(*) AS persons
FROM post AS p
WHERE p.age = 1
GROUP BY p.unit_code, p.kind, p.period_start, p.period_end, p.work_result, p.behaviour
ORDER BY p.unit_code, p.kind, p.period_start, p.period_end, p.work_result, p.behaviour
