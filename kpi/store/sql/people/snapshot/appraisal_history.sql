-- One row per version of each appraisal of an employee, newest first. Grain: kind, period_end, batch_number.
SELECT
    a.kind, a.period_start, a.period_end, a.superior_code, a.work_result, a.behaviour,
    a.service, a.accountable, a.competent, a.harmonious, a.loyal,
    a.adaptive, a.collaborative, a.note, a.rule_mark, a.batch_number, a.recorded_at, a.made_by,
    a.is_newest
FROM appraisal AS a
WHERE a.organisation_code = $organisation_code AND a.employee_code = $employee_code
ORDER BY a.period_end DESC, a.kind, a.batch_number DESC
