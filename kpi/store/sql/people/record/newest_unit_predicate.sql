-- One row per predicate of a unit, its newest standing version. Grain: unit_code, kind, period_end.
WITH version AS (
    SELECT
        t.organisation_code, t.unit_code, t.kind, t.period_start, t.period_end, t.predicate, t.given_by, t.note,
        ROW_NUMBER() OVER (PARTITION BY t.unit_code, t.kind, t.period_end ORDER BY t.batch_number DESC) AS age
    FROM unit_predicate AS t
    INNER JOIN standing_batch AS b USING (batch_number)
    WHERE t.organisation_code = $organisation_code
)

SELECT
    v.organisation_code, v.unit_code, v.kind, v.period_start, v.period_end, v.predicate, v.given_by, v.note
FROM version AS v
WHERE v.age = 1
ORDER BY v.unit_code, v.kind, v.period_end
