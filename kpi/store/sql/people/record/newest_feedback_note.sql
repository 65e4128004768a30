-- One row per feedback note, its newest standing version. Grain: note_code.
WITH version AS (
    SELECT
        t.organisation_code, t.note_code, t.employee_code, t.author_code, t.written_on, t.text, t.about_period_end,
        ROW_NUMBER() OVER (PARTITION BY t.note_code ORDER BY t.batch_number DESC) AS age
    FROM feedback_note AS t
    INNER JOIN standing_batch AS b USING (batch_number)
    WHERE t.organisation_code = $organisation_code
)

SELECT
    v.organisation_code, v.note_code, v.employee_code, v.author_code, v.written_on, v.text, v.about_period_end
FROM version AS v
WHERE v.age = 1
ORDER BY v.note_code
