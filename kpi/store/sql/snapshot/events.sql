-- One row per event and what it concerns (NULL: everything). Grain: event_code, unit_code, indicator_code.
SELECT
    e.event_code, e.happened_on, e.kind, e.unit_code, e.indicator_code, e.text, e.author, e.rebases_limits,
    e.batch_number
FROM event AS e
WHERE e.organisation_code = $organisation_code
ORDER BY e.happened_on, e.event_code, e.unit_code, e.indicator_code
