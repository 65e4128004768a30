-- One row per unit and period that has a state, its newest standing one. Grain: unit_code, period_start, period_end.
WITH version AS (
    SELECT
        p.unit_code, p.period_start, p.period_end, p.state, p.batch_number,
        ROW_NUMBER() OVER (PARTITION BY p.unit_code, p.period_start, p.period_end ORDER BY p.batch_number DESC) AS age
    FROM period_state AS p
    INNER JOIN standing_batch AS b USING (batch_number)
    WHERE p.organisation_code = $organisation_code
)

SELECT v.unit_code, v.period_start, v.period_end, v.state, v.batch_number
FROM version AS v
WHERE v.age = 1
ORDER BY v.unit_code, v.period_start, v.period_end
