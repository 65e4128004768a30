-- One row per version of an indicator's definition sheet. Grain: organisation_code, indicator_code, batch_number.
CREATE TABLE snapshot.definition AS
SELECT
    d.organisation_code, d.indicator_code, d.name, d.unit_of_measure, d.polarity, d.grain, d.every_years,
    d.aggregation_over_periods, d.aggregation_over_units, d.multiplier, d.decimals, d.lowest_possible,
    d.highest_possible, d.worst_value, d.is_full_at_target, d.conversion_scale, d.ordinal_levels,
    d.numerator_indicator_code, d.denominator_indicator_code, d.perspective, d.strategic_objective,
    d.objective_description, d.definition, d.formula, d.purpose, d.target_aspect, d.control_level,
    d.validity_level, d.responsible, d.data_provider, d.data_source, d.baseline, d.reviewed_on,
    d.batch_number
FROM definition AS d
ORDER BY d.organisation_code, d.indicator_code, d.batch_number
