-- One row per statement, its newest standing version. Grain: statement_code.
WITH version AS (
    SELECT
        t.organisation_code, t.statement_code, t.unit_code, t.indicator_code, t."year", t.state, t.body,
        ROW_NUMBER() OVER (PARTITION BY t.statement_code ORDER BY t.batch_number DESC) AS age
    FROM statement AS t
    INNER JOIN standing_batch AS b USING (batch_number)
    WHERE t.organisation_code = $organisation_code
)

SELECT v.organisation_code, v.statement_code, v.unit_code, v.indicator_code, v."year", v.state, v.body
FROM version AS v
WHERE v.age = 1
ORDER BY v.unit_code, v."year", v.statement_code
