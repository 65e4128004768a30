-- One row per figure with a comment, its newest standing version. Grain: unit_code, indicator_code, grain, period_start.
WITH version AS (
    SELECT
        c.organisation_code, c.unit_code, c.indicator_code, c.grain, c.period_start, c.period_end, c.cause, c.obstacle,
        c.follow_up, c.owner, c.due, c.author,
        ROW_NUMBER() OVER (
            PARTITION BY c.unit_code, c.indicator_code, c.grain, c.period_start ORDER BY c.batch_number DESC
        ) AS age
    FROM commentary AS c
    INNER JOIN standing_batch AS b USING (batch_number)
    WHERE c.organisation_code = $organisation_code
)

SELECT
    v.organisation_code, v.unit_code, v.indicator_code, v.grain, v.period_start, v.period_end, v.cause, v.obstacle,
    v.follow_up, v.owner, v.due, v.author
FROM version AS v
WHERE v.age = 1
ORDER BY v.unit_code, v.indicator_code, v.grain, v.period_start
