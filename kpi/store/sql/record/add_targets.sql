-- Adds the targets that are new or changed. Grain: unit_code, indicator_code, grain, period_start, batch_number.
INSERT INTO target (
    organisation_code, unit_code, indicator_code, grain, period_start, period_end, target, target_high, corrects, line,
    batch_number
)
SELECT
    $organisation_code, c.unit_code, c.indicator_code, c.grain, c.period_start, c.period_end, c.target, c.target_high,
    c.target_state = 'changed', c.line, $batch_number
FROM compared AS c
WHERE c.target_state <> 'unchanged'
