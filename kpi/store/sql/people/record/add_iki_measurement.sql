-- Adds the values that are new or changed. Grain: employee_code, indicator_code, grain, period_start, batch_number.
INSERT INTO iki_measurement (
    organisation_code, employee_code, indicator_code, grain, period_start, period_end, value, numerator, denominator,
    multiplier, verification, note, batch_number
)
SELECT
    $organisation_code, c.employee_code, c.indicator_code, c.grain, c.period_start, c.period_end, c.value, c.numerator,
    c.denominator, c.multiplier, c.verification, c.note, $batch_number
FROM compared AS c
WHERE c.measurement_state <> 'unchanged'
