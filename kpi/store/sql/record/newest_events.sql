-- One row per event and what it concerns, its newest standing version. Grain: event_code, unit_code, indicator_code.
WITH version AS (
    SELECT
        e.organisation_code, e.event_code, e.unit_code, e.indicator_code, e.happened_on, e.kind, e.text, e.author,
        e.rebases_limits,
        ROW_NUMBER() OVER (PARTITION BY e.event_code, e.unit_code, e.indicator_code ORDER BY e.batch_number DESC) AS age
    FROM event AS e
    INNER JOIN standing_batch AS b USING (batch_number)
    WHERE e.organisation_code = $organisation_code
)

SELECT
    v.organisation_code, v.event_code, NULLIF(v.unit_code, '') AS unit_code,
    NULLIF(v.indicator_code, '') AS indicator_code, v.happened_on, v.kind, v.text, v.author, v.rebases_limits
FROM version AS v
WHERE v.age = 1
ORDER BY v.happened_on, v.event_code, v.unit_code, v.indicator_code
