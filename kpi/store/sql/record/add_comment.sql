-- Adds one comment on a figure, or a new version of it. Grain: unit_code, indicator_code, grain, period_start, batch_number.
INSERT INTO commentary (
    organisation_code, unit_code, indicator_code, grain, period_start, period_end, cause, obstacle, follow_up, owner,
    due, author, batch_number
)
VALUES (
    $organisation_code, $unit_code, $indicator_code, $grain, $period_start, $period_end, $cause, $obstacle, $follow_up,
    $owner, $due, $author, $batch_number
)
