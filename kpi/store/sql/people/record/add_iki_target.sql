-- Adds the targets that are new or changed. Grain: employee_code, indicator_code, grain, period_start, batch_number.
INSERT INTO iki_target (
    organisation_code, employee_code, indicator_code, grain, period_start, period_end, target, target_high, batch_number
)
SELECT
    $organisation_code, c.employee_code, c.indicator_code, c.grain, c.period_start, c.period_end, c.target,
    c.target_high, $batch_number
FROM compared AS c
WHERE c.target_state <> 'unchanged'
