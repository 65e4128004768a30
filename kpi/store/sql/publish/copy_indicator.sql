-- One row per indicator, its newest standing version, with a number. Grain: indicator_id.
-- A computed indicator has a numerator and a denominator everywhere, so it consolidates as a ratio.
CREATE TABLE indicator AS
WITH version AS (
    SELECT
        i.organisation_code, i.indicator_code, i.name, i.unit_of_measure, i.polarity, i.grain, i.every_years,
        i.aggregation_over_periods, i.aggregation_over_units, i.multiplier, i.decimals, i.lowest_possible,
        i.highest_possible, i.worst_value, i.is_full_at_target, i.conversion_scale, i.ordinal_levels,
        i.numerator_indicator_code, i.denominator_indicator_code, i.perspective, i.strategic_objective,
        i.objective_description, i.definition, i.formula, i.purpose, i.target_aspect, i.control_level,
        i.validity_level, i.responsible, i.data_provider, i.data_source, i.baseline, i.reviewed_on,
        ROW_NUMBER() OVER (PARTITION BY i.organisation_code, i.indicator_code ORDER BY i.batch_number DESC) AS age
    FROM record.indicator AS i
    INNER JOIN standing_batch AS s USING (batch_number)
)

SELECT
    v.organisation_code, v.indicator_code, v.name, v.unit_of_measure, v.polarity, v.grain, v.every_years,
    v.multiplier, v.decimals, v.lowest_possible, v.highest_possible, v.worst_value, v.is_full_at_target,
    v.conversion_scale, v.ordinal_levels, v.numerator_indicator_code, v.denominator_indicator_code,
    v.perspective, v.strategic_objective, v.objective_description, v.definition, v.formula, v.purpose,
    v.target_aspect, v.control_level, v.validity_level, v.responsible, v.data_provider, v.data_source,
    v.baseline, v.reviewed_on,
    CASE WHEN v.numerator_indicator_code IS NULL THEN v.aggregation_over_periods ELSE 'ratio' END
        AS aggregation_over_periods,
    CASE WHEN v.numerator_indicator_code IS NULL THEN v.aggregation_over_units ELSE 'ratio' END
        AS aggregation_over_units,
    CASE v.grain WHEN 'month' THEN 1 WHEN 'quarter' THEN 3 WHEN 'semester' THEN 6 ELSE 12 END AS months,
    CAST(ROW_NUMBER() OVER (ORDER BY v.organisation_code, v.indicator_code) AS INTEGER) AS indicator_id
FROM version AS v
WHERE v.age = 1
