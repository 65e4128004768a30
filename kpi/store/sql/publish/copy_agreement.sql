-- One row per unit, indicator and year that were agreed, the newest standing weight. Grain: unit_id, indicator_id, year.
CREATE TABLE agreement AS
WITH version AS (
    SELECT
        a.organisation_code, a.unit_code, a.indicator_code, a."year", a.weight, a.batch_number,
        ROW_NUMBER() OVER (
            PARTITION BY a.organisation_code, a.unit_code, a.indicator_code, a."year" ORDER BY a.batch_number DESC
        ) AS age
    FROM record.agreement AS a
    INNER JOIN standing_batch AS s USING (batch_number)
)

SELECT u.unit_id, i.indicator_id, v.organisation_code, v.unit_code, v.indicator_code, v."year", v.weight, v.batch_number
FROM version AS v
INNER JOIN unit AS u USING (organisation_code, unit_code)
INNER JOIN indicator AS i USING (organisation_code, indicator_code)
WHERE v.age = 1
