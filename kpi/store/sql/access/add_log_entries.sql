-- Adds new entries of one log file, which lie in new_entries. Grain: file_name, line.
INSERT INTO log_entry (
    file_name, line, "at", act, who, roles, organisation_code, employee_code, unit_code, whom, what, batch_number
)
SELECT
    $file_name,
    n.line,
    n."at",
    n.act,
    n.who,
    n.roles,
    n.organisation_code,
    n.employee_code,
    n.unit_code,
    n.whom,
    n.what,
    $batch_number
FROM new_entries AS n
