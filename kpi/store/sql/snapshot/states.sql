-- One row per state of a unit's period, the newest first; those in force alone, or all. Grain: unit, period, batch.
SELECT p.unit_code, p.period_start, p.period_end, p.state, b.made_by, b.recorded_at, b.reason, p.batch_number
FROM period_state AS p
INNER JOIN batch AS b USING (batch_number)
WHERE p.organisation_code = $organisation_code AND ($unit_code IS NULL OR p.unit_code = $unit_code)
    AND (p.is_current OR $with_earlier)
ORDER BY p.batch_number DESC
