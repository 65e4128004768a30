-- One row per standing version of a comment, the newest of each marked. Grain: figure's keys, batch_number.
CREATE TABLE commentary AS
SELECT
    c.organisation_code, c.unit_code, c.indicator_code, c.grain, c.period_start, c.period_end, c.cause, c.obstacle,
    c.follow_up, c.owner, c.due, c.author, c.batch_number,
    ROW_NUMBER() OVER (
        PARTITION BY c.organisation_code, c.unit_code, c.indicator_code, c.grain, c.period_start
        ORDER BY c.batch_number DESC
    ) = 1 AS is_current
FROM record.commentary AS c
INNER JOIN standing_batch AS s USING (batch_number)
