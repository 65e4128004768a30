-- One row per individual indicator, its newest standing version. Grain: employee_code, indicator_code.
WITH version AS (
    SELECT
        t.organisation_code, t.employee_code, t.indicator_code, t.name, t."cascade", t.unit_of_measure, t.polarity,
        t.grain, t.multiplier, t.decimals, t.from_unit_code, t.from_indicator_code,
        ROW_NUMBER() OVER (PARTITION BY t.employee_code, t.indicator_code ORDER BY t.batch_number DESC) AS age
    FROM iki AS t
    INNER JOIN standing_batch AS b USING (batch_number)
    WHERE t.organisation_code = $organisation_code
)

SELECT
    v.organisation_code, v.employee_code, v.indicator_code, v.name, v."cascade", v.unit_of_measure, v.polarity,
    v.grain, v.multiplier, v.decimals, v.from_unit_code, v.from_indicator_code
FROM version AS v
WHERE v.age = 1
ORDER BY v.employee_code, v.indicator_code
