-- Adds one version of each incoming feedback note. Grain: note_code, batch_number.
INSERT INTO feedback_note (
    organisation_code, note_code, employee_code, author_code, written_on, text, about_period_end, batch_number
)
SELECT
    t.organisation_code, t.note_code, t.employee_code, t.author_code, t.written_on, t.text, t.about_period_end,
    $batch_number
FROM incoming AS t
