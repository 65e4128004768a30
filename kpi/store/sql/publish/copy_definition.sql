-- One row per standing version of an indicator's definition sheet. Grain: organisation_code, indicator_code, batch_number.
CREATE TABLE definition AS
SELECT
    i.organisation_code, i.indicator_code, i.name, i.unit_of_measure, i.polarity, i.grain, i.every_years,
    i.aggregation_over_periods, i.aggregation_over_units, i.multiplier, i.decimals, i.lowest_possible,
    i.highest_possible, i.worst_value, i.is_full_at_target, i.conversion_scale, i.ordinal_levels,
    i.numerator_indicator_code, i.denominator_indicator_code, i.perspective, i.strategic_objective,
    i.objective_description, i.definition, i.formula, i.purpose, i.target_aspect, i.control_level,
    i.validity_level, i.responsible, i.data_provider, i.data_source, i.baseline, i.reviewed_on,
    i.batch_number
FROM record.indicator AS i
INNER JOIN standing_batch AS s USING (batch_number)
