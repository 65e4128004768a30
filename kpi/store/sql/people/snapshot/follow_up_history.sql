-- One row per version of a follow-up, oldest first. Grain: batch_number.
SELECT
    f.kind, f.owner_code, f.due_on, f.state, f.text, f.outcome, f.batch_number, f.recorded_at, f.made_by, f.is_newest
FROM follow_up AS f
WHERE f.organisation_code = $organisation_code AND f.follow_up_code = $follow_up_code
ORDER BY f.batch_number
