-- One row per statement as it stands, with who last changed it. Grain: statement_code.
SELECT
    t.statement_code, t.unit_code, t.indicator_code, t."year", t.state, t.body, b.made_by, b.recorded_at, b.reason,
    t.batch_number
FROM statement AS t
INNER JOIN batch AS b USING (batch_number)
WHERE t.organisation_code = $organisation_code AND (t.is_current OR $with_earlier)
    AND ($statement_code IS NULL OR t.statement_code = $statement_code)
ORDER BY t.unit_code, t."year", t.statement_code, t.batch_number DESC
