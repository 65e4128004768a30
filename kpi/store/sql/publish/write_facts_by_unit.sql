-- One row per consolidated figure, the grains apart and each in the order of units: many units of one grain lie together.
-- Grain: organisation, unit, indicator, grain, period.
INSERT INTO snapshot.facts_by_unit
SELECT
    p.organisation_code, p.unit_code, p.indicator_code, p.grain, p.period_start, p.period_end, p.span_start, p."year",
    p.value, p.numerator, p.denominator, p.target, p.target_high, p.parts_expected, p.parts_present, p.is_partial_sum,
    p.is_finished, p.verification, p.origin, p.batch_number, p.weight, p.to_date_value, p.to_date_numerator,
    p.to_date_denominator, p.to_date_target, p.to_date_target_high, p.to_date_parts_expected, p.to_date_parts_present,
    p.to_date_is_partial_sum, p.to_date_verification, p.to_date_batch_number
FROM presented AS p
ORDER BY p.months, p.unit_id, p.indicator_id, p.start_month
