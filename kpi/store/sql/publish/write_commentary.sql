-- Writes every standing version of a comment, with the least state of the figures it may tell of. Grain: figure's keys, batch_number.
INSERT INTO snapshot.commentary
SELECT
    c.organisation_code, c.unit_code, c.indicator_code, c.grain, c.period_start, c.period_end, c.cause, c.obstacle,
    c.follow_up, c.owner, c.due, c.author, c.batch_number, c.is_current,
    CASE
        WHEN f.verification IS NULL OR 'reported' IN (f.verification, f.to_date_verification) THEN 'reported'
        WHEN 'verified' IN (f.verification, f.to_date_verification) THEN 'verified'
        ELSE 'locked'
    END
FROM commentary AS c
LEFT JOIN snapshot.facts_by_unit AS f USING (organisation_code, unit_code, indicator_code, grain, period_start)
ORDER BY c.organisation_code, c.unit_code, c.indicator_code, c.grain, c.period_start, c.batch_number
