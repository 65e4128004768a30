-- Adds one version of each incoming follow-up. Grain: follow_up_code, batch_number.
INSERT INTO follow_up (
    organisation_code, follow_up_code, employee_code, kind, owner_code, due_on, state, text, reason, outcome,
    batch_number
)
SELECT
    t.organisation_code, t.follow_up_code, t.employee_code, t.kind, t.owner_code, t.due_on, t.state, t.text, t.reason,
    t.outcome, $batch_number
FROM incoming AS t
