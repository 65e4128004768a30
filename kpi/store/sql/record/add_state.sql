-- Adds the state of a unit's period. Grain: unit_code, period_start, period_end, batch_number.
INSERT INTO period_state (organisation_code, unit_code, period_start, period_end, state, batch_number)
VALUES ($organisation_code, $unit_code, $period_start, $period_end, $state, $batch_number)
