-- Adds one event, or a new version of it. Grain: event_code, unit_code, indicator_code, batch_number.
INSERT INTO event (
    organisation_code, event_code, unit_code, indicator_code, happened_on, kind, text, author, rebases_limits,
    batch_number
)
VALUES (
    $organisation_code, $event_code, COALESCE($unit_code, ''), COALESCE($indicator_code, ''), $happened_on, $kind,
    $text, $author, $rebases_limits, $batch_number
)
