-- Adds one version of each incoming appraisal. Grain: employee_code, kind, period_end, batch_number.
INSERT INTO appraisal (
    organisation_code, employee_code, kind, period_start, period_end, superior_code, work_result, behaviour, service,
    accountable, competent, harmonious, loyal, adaptive, collaborative, note, rule_mark, batch_number
)
SELECT
    t.organisation_code, t.employee_code, t.kind, t.period_start, t.period_end, t.superior_code, t.work_result,
    t.behaviour, t.service, t.accountable, t.competent, t.harmonious, t.loyal, t.adaptive, t.collaborative, t.note,
    t.rule_mark, $batch_number
FROM incoming AS t
