-- The same rows in the order of indicators and periods. Grain: organisation, indicator, grain, period, unit.
INSERT INTO snapshot.facts_by_indicator
SELECT
    p.organisation_code, p.unit_code, p.indicator_code, p.grain, p.period_start, p.period_end, p.span_start, p."year",
    p.value, p.numerator, p.denominator, p.target, p.target_high, p.parts_expected, p.parts_present, p.is_partial_sum,
    p.is_finished, p.verification, p.origin, p.batch_number, p.weight, p.to_date_value, p.to_date_numerator,
    p.to_date_denominator, p.to_date_target, p.to_date_target_high, p.to_date_parts_expected, p.to_date_parts_present,
    p.to_date_is_partial_sum, p.to_date_verification, p.to_date_batch_number
FROM presented AS p
ORDER BY p.indicator_id, p.months, p.start_month, p.unit_id
