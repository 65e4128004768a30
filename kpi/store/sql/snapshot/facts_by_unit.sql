-- One row per consolidated figure, read in the order of units. Grain: unit, indicator, grain, period.
-- Without a grain each indicator's own. To date: only figures that have one. The few facts are chosen first, then named.
WITH figure AS MATERIALIZED (
    SELECT
        f.organisation_code, f.unit_code, f.indicator_code, f.grain, f.period_start, f.period_end,
        CASE WHEN $to_date THEN f.span_start ELSE f.period_start END AS span_start, f."year",
        CASE WHEN $to_date THEN f.to_date_value ELSE f.value END AS value,
        CASE WHEN $to_date THEN f.to_date_target ELSE f.target END AS target,
        CASE WHEN $to_date THEN f.to_date_target_high ELSE f.target_high END AS target_high,
        CASE WHEN $to_date THEN f.to_date_numerator ELSE f.numerator END AS numerator,
        CASE WHEN $to_date THEN f.to_date_denominator ELSE f.denominator END AS denominator,
        CASE WHEN $to_date THEN f.to_date_parts_expected ELSE f.parts_expected END AS parts_expected,
        CASE WHEN $to_date THEN f.to_date_parts_present ELSE f.parts_present END AS parts_present,
        f.is_finished, CASE WHEN $to_date THEN f.to_date_verification ELSE f.verification END AS verification,
        f.origin, CASE WHEN $to_date THEN f.to_date_batch_number ELSE f.batch_number END AS batch_number,
        CASE WHEN $to_date THEN f.to_date_is_partial_sum ELSE f.is_partial_sum END AS is_partial_sum, f.weight
    FROM facts_by_unit AS f
    WHERE f.organisation_code = $organisation_code
        AND ($unit_codes IS NULL OR f.unit_code IN (SELECT UNNEST(CAST($unit_codes AS VARCHAR[]))))
        AND ($indicator_codes IS NULL OR f.indicator_code IN (SELECT UNNEST(CAST($indicator_codes AS VARCHAR[]))))
        AND ($grain IS NULL OR f.grain = $grain)
        AND ($first IS NULL OR f.period_end >= $first)
        AND ($last IS NULL OR f.period_end <= $last)
        AND (NOT $to_date OR f.to_date_parts_expected IS NOT NULL)
)

SELECT
    f.unit_code, u.name AS unit_name, f.indicator_code, i.name AS indicator_name, f.grain, f.period_start,
    f.period_end, f.span_start, f."year", f.value, f.target, f.target_high, f.numerator, f.denominator,
    f.parts_expected, f.parts_present, f.parts_present = f.parts_expected AS is_complete, f.is_finished,
    f.verification, f.origin, f.batch_number, i.polarity, i.unit_of_measure, i.decimals, i.worst_value,
    i.is_full_at_target, i.conversion_scale, i.aggregation_over_periods, i.aggregation_over_units, f.is_partial_sum,
    f.weight, FALSE AS is_withheld -- left out for this reader (kpi.access)
FROM figure AS f
INNER JOIN unit AS u ON f.organisation_code = u.organisation_code AND f.unit_code = u.unit_code
INNER JOIN indicator AS i
    ON f.organisation_code = i.organisation_code AND f.indicator_code = i.indicator_code
    AND f.grain = COALESCE($grain, i.grain)
ORDER BY f.unit_code, f.indicator_code, f.period_start, f.period_end
