-- One row per appraisal, its newest standing version. Grain: employee_code, kind, period_end.
WITH version AS (
    SELECT
        t.organisation_code, t.employee_code, t.kind, t.period_start, t.period_end, t.superior_code, t.work_result,
        t.behaviour, t.service, t.accountable, t.competent, t.harmonious, t.loyal, t.adaptive, t.collaborative,
        t.note, t.rule_mark,
        ROW_NUMBER() OVER (PARTITION BY t.employee_code, t.kind, t.period_end ORDER BY t.batch_number DESC) AS age
    FROM appraisal AS t
    INNER JOIN standing_batch AS b USING (batch_number)
    WHERE t.organisation_code = $organisation_code
)

SELECT
    v.organisation_code, v.employee_code, v.kind, v.period_start, v.period_end, v.superior_code, v.work_result,
    v.behaviour, v.service, v.accountable, v.competent, v.harmonious, v.loyal, v.adaptive, v.collaborative, v.note,
    v.rule_mark
FROM version AS v
WHERE v.age = 1
ORDER BY v.employee_code, v.kind, v.period_end
