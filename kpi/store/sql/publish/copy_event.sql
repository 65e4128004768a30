-- One row per event and what it concerns, its newest standing version. Grain: organisation, event, unit, indicator.
CREATE TABLE event AS
WITH version AS (
    SELECT
        e.organisation_code, e.event_code, e.unit_code, e.indicator_code, e.happened_on, e.kind, e.text, e.author,
        e.rebases_limits, e.batch_number,
        ROW_NUMBER() OVER (
            PARTITION BY e.organisation_code, e.event_code, e.unit_code, e.indicator_code ORDER BY e.batch_number DESC
        ) AS age
    FROM record.event AS e
    INNER JOIN standing_batch AS s USING (batch_number)
)

SELECT
    v.organisation_code, v.event_code, v.unit_code, v.indicator_code, v.happened_on, v.kind, v.text, v.author,
    v.rebases_limits, v.batch_number
FROM version AS v
WHERE v.age = 1
