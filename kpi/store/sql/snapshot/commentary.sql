-- One row per comment on a figure as it stands, or per version of it. Grain: unit_code, indicator_code, grain, period_start, batch_number.
SELECT
    c.unit_code, c.indicator_code, c.grain, c.period_start, c.period_end, c.cause, c.obstacle, c.follow_up, c.owner,
    c.due, c.author, b.recorded_at, c.batch_number, c.is_current, c.verification
FROM commentary AS c
INNER JOIN batch AS b USING (batch_number)
WHERE c.organisation_code = $organisation_code
    AND (c.is_current OR $with_earlier)
    AND ($unit_codes IS NULL OR c.unit_code IN (SELECT UNNEST($unit_codes)))
    AND ($indicator_codes IS NULL OR c.indicator_code IN (SELECT UNNEST($indicator_codes)))
    AND ($first IS NULL OR c.period_end >= $first)
    AND ($last IS NULL OR c.period_end <= $last)
ORDER BY c.unit_code, c.indicator_code, c.period_end, c.grain, c.batch_number DESC
