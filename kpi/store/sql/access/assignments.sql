-- One row per assignment and role of it, in the order in which they were made; role null where none was left.
-- Grain: batch_number, place.
SELECT
    b.batch_number,
    b.recorded_at,
    b.made_by,
    b.reason,
    a.identity,
    r."role",
    r.organisation_code,
    r.unit_code,
    r.employee_code,
    b.batch_number = MAX(b.batch_number) OVER (PARTITION BY a.identity) AS is_newest
FROM assignment AS a
INNER JOIN batch AS b USING (batch_number)
LEFT JOIN assigned_role AS r USING (batch_number)
ORDER BY b.batch_number, r.place
