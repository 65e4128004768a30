-- One row per grain whose deadline was stated, its newest standing version. Grain: grain.
WITH version AS (
    SELECT r.grain, r.working_days, ROW_NUMBER() OVER (PARTITION BY r.grain ORDER BY r.batch_number DESC) AS age
    FROM reporting_rule AS r
    INNER JOIN standing_batch AS b USING (batch_number)
    WHERE r.organisation_code = $organisation_code
)

SELECT v.grain, v.working_days
FROM version AS v
WHERE v.age = 1
ORDER BY v.grain
