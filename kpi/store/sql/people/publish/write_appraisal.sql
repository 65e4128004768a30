-- Copies each standing version, with who entered it and when. Grain: organisation, employee_code, kind, period_end, batch.
INSERT INTO snapshot.appraisal
SELECT
    t.organisation_code, t.employee_code, t.kind, t.period_start, t.period_end, t.superior_code, t.work_result,
    t.behaviour, t.service, t.accountable, t.competent, t.harmonious, t.loyal, t.adaptive, t.collaborative, t.note,
    t.rule_mark, t.batch_number, b.recorded_at, b.made_by,
    ROW_NUMBER() OVER (
        PARTITION BY t.organisation_code, t.employee_code, t.kind, t.period_end ORDER BY t.batch_number DESC
    ) = 1 AS is_newest
FROM record.appraisal AS t
INNER JOIN record.standing_batch AS b USING (batch_number)
ORDER BY t.organisation_code, t.employee_code, t.kind, t.period_end, t.batch_number
