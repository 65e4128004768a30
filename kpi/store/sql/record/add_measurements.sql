-- Adds the values that are new or changed. Grain: unit_code, indicator_code, grain, period_start, batch_number.
INSERT INTO measurement (
    organisation_code, unit_code, indicator_code, grain, period_start, period_end, value, numerator, denominator,
    multiplier, verification, note, corrects, line, batch_number
)
SELECT
    $organisation_code, c.unit_code, c.indicator_code, c.grain, c.period_start, c.period_end, c.value, c.numerator,
    c.denominator, c.multiplier, c.verification, c.note, c.measurement_state = 'changed', c.line, $batch_number
FROM compared AS c
WHERE c.measurement_state <> 'unchanged'
