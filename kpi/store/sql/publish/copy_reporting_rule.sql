-- One row per grain whose deadline an organisation stated, its newest standing version. Grain: organisation_code, grain.
CREATE TABLE reporting_rule AS
WITH version AS (
    SELECT
        r.organisation_code, r.grain, r.working_days,
        ROW_NUMBER() OVER (PARTITION BY r.organisation_code, r.grain ORDER BY r.batch_number DESC) AS age
    FROM record.reporting_rule AS r
    INNER JOIN standing_batch AS s USING (batch_number)
)

SELECT v.organisation_code, v.grain, v.working_days
FROM version AS v
WHERE v.age = 1
