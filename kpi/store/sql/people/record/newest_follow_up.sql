-- One row per follow-up, its newest standing version. Grain: follow_up_code.
WITH version AS (
    SELECT
        t.organisation_code, t.follow_up_code, t.employee_code, t.kind, t.owner_code, t.due_on, t.state, t.text,
        t.reason, t.outcome,
        ROW_NUMBER() OVER (PARTITION BY t.follow_up_code ORDER BY t.batch_number DESC) AS age
    FROM follow_up AS t
    INNER JOIN standing_batch AS b USING (batch_number)
    WHERE t.organisation_code = $organisation_code
)

SELECT
    v.organisation_code, v.follow_up_code, v.employee_code, v.kind, v.owner_code, v.due_on, v.state, v.text, v.reason,
    v.outcome
FROM version AS v
WHERE v.age = 1
ORDER BY v.follow_up_code
