-- One row per confirmed name as it stands. Grain: kind, name.
SELECT a.kind, a.name, a.code, b.made_by, b.recorded_at, a.batch_number
FROM alias AS a
INNER JOIN batch AS b USING (batch_number)
WHERE a.organisation_code = $organisation_code
ORDER BY a.kind, a.name
