-- One row per appraisal, with the post held at its end (else the last before). Grain: employee_code, kind, period_end.
WITH post AS (
    SELECT
        a.employee_code, a.kind, a.period_end, e.unit_code, e.name, e.position, e.functional_level,
        ROW_NUMBER() OVER (
            PARTITION BY a.employee_code, a.kind, a.period_end ORDER BY e.valid_from DESC
        ) AS age
    FROM appraisal AS a
    INNER JOIN employee AS e
        ON a.organisation_code = e.organisation_code AND a.employee_code = e.employee_code AND e.is_newest
        AND e.valid_from <= a.period_end
    WHERE a.organisation_code = $organisation_code AND a.is_newest
)

SELECT
    a.employee_code, p.name, p.position, p.unit_code, p.functional_level, a.kind, a.period_start, a.period_end,
    a.superior_code, a.work_result, a.behaviour, a.service, a.accountable, a.competent, a.harmonious, a.loyal,
    a.adaptive, a.collaborative,
    a.note, a.rule_mark, a.batch_number, a.recorded_at, a.made_by
FROM appraisal AS a
LEFT JOIN post AS p USING (employee_code, kind, period_end)
WHERE a.organisation_code = $organisation_code AND a.is_newest AND COALESCE(p.age, 1) = 1
    AND ($employee_codes IS NULL OR LIST_CONTAINS($employee_codes, a.employee_code))
    AND ($unit_codes IS NULL OR LIST_CONTAINS($unit_codes, p.unit_code))
    AND ($kind IS NULL OR a.kind = $kind)
    AND ($first IS NULL OR a.period_end >= $first)
    AND ($last IS NULL OR a.period_end <= $last)
ORDER BY a.employee_code, a.period_end, a.kind
