-- Copies each standing version, with who entered it and when. Grain: organisation, follow_up_code, batch.
INSERT INTO snapshot.follow_up
SELECT
    t.organisation_code, t.follow_up_code, t.employee_code, t.kind, t.owner_code, t.due_on, t.state, t.text, t.reason,
    t.outcome, t.batch_number, b.recorded_at, b.made_by,
    ROW_NUMBER() OVER (
        PARTITION BY t.organisation_code, t.follow_up_code ORDER BY t.batch_number DESC
    ) = 1 AS is_newest
FROM record.follow_up AS t
INNER JOIN record.standing_batch AS b USING (batch_number)
ORDER BY t.organisation_code, t.follow_up_code, t.batch_number
