-- Copies each standing version, with who entered it and when. Grain: organisation, note_code, batch.
INSERT INTO snapshot.feedback_note
SELECT
    t.organisation_code, t.note_code, t.employee_code, t.author_code, t.written_on, t.text, t.about_period_end,
    t.batch_number, b.recorded_at, b.made_by,
    ROW_NUMBER() OVER (
        PARTITION BY t.organisation_code, t.note_code ORDER BY t.batch_number DESC
    ) = 1 AS is_newest
FROM record.feedback_note AS t
INNER JOIN record.standing_batch AS b USING (batch_number)
ORDER BY t.organisation_code, t.note_code, t.batch_number
