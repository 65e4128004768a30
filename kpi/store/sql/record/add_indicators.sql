-- Adds one version of each incoming indicator. Grain: indicator_code, batch_number.
INSERT INTO indicator (
    organisation_code, indicator_code, name, unit_of_measure, polarity, grain, every_years,
    aggregation_over_periods, aggregation_over_units, multiplier, decimals, lowest_possible, highest_possible,
    worst_value, is_full_at_target, conversion_scale, ordinal_levels, numerator_indicator_code,
    denominator_indicator_code, perspective, strategic_objective, objective_description, definition, formula,
    purpose, target_aspect, control_level, validity_level, responsible, data_provider, data_source, baseline,
    reviewed_on, batch_number
)
SELECT
    i.organisation_code, i.indicator_code, i.name, i.unit_of_measure, i.polarity, i.grain, i.every_years,
    i.aggregation_over_periods, i.aggregation_over_units, i.multiplier, i.decimals, i.lowest_possible,
    i.highest_possible, i.worst_value, i.is_full_at_target, i.conversion_scale, i.ordinal_levels,
    i.numerator_indicator_code, i.denominator_indicator_code, i.perspective, i.strategic_objective,
    i.objective_description, i.definition, i.formula, i.purpose, i.target_aspect, i.control_level,
    i.validity_level, i.responsible, i.data_provider, i.data_source, i.baseline, i.reviewed_on, $batch_number
FROM incoming_indicator AS i
ORDER BY i.indicator_code
