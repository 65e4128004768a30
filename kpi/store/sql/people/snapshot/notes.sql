-- One row per feedback note on an employee, newest first. Grain: note_code.
SELECT
    n.note_code, n.employee_code, n.author_code, n.written_on, n.text, n.about_period_end, n.recorded_at, n.batch_number
FROM feedback_note AS n
WHERE n.organisation_code = $organisation_code AND n.is_newest AND n.employee_code = $employee_code
ORDER BY n.written_on DESC, n.note_code
