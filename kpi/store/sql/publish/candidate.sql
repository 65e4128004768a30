-- One row per figure of a level and grain, with what each source says. Grain: unit_id, indicator_id, start_month.
-- Sources: own (stated by the unit), periods (from the finest finer grain at which it stated values), units (from its children).
CREATE OR REPLACE TABLE candidate AS
WITH chosen_grain AS (
    SELECT
        r.unit_id, r.indicator_id, r.start_month, MIN(CASE WHEN r.has_own_value = 1 THEN r.part_months END) AS value_months
    FROM roll_up AS r
    WHERE r.basis = 'periods'
    GROUP BY r.unit_id, r.indicator_id, r.start_month
),

chosen_target AS (
    SELECT
        g.unit_id, g.indicator_id, g.start_month, g.value_months,
        COALESCE(
            MIN(CASE WHEN r.part_months >= g.value_months AND r.present_with_target > 0 THEN r.part_months END),
            MIN(CASE WHEN r.targets > 0 AND (g.value_months IS NOT NULL OR r.has_own_target = 1) THEN r.part_months END)
        ) AS target_months
    FROM chosen_grain AS g
    INNER JOIN roll_up AS r
        ON g.unit_id = r.unit_id AND g.indicator_id = r.indicator_id AND g.start_month = r.start_month
    WHERE r.basis = 'periods'
    GROUP BY g.unit_id, g.indicator_id, g.start_month, g.value_months
),

source AS (
    SELECT
        o.unit_id, o.indicator_id, o.start_month, o."year", 'own' AS source, 1 AS gives_value, 1 AS gives_target,
        o.value, o.numerator, o.denominator, o.multiplier, o.target, o.target_high, o.verification, o.batch_number,
        o.origin, o.computed_value, CAST(NULL AS BIGINT) AS parts, CAST(NULL AS BIGINT) AS parts_expected,
        CAST(NULL AS BIGINT) AS parts_present, CAST(NULL AS BIGINT) AS expected, 0 AS is_partial_sum,
        CAST(NULL AS INTEGER) AS part_months, CAST(NULL AS VARCHAR) AS rule
    FROM own AS o
    WHERE o.level = $level AND o.months = $months
    UNION ALL
    SELECT
        r.unit_id, r.indicator_id, r.start_month, r."year", r.basis AS source,
        CASE WHEN r.basis = 'units' OR r.part_months = c.value_months THEN 1 ELSE 0 END AS gives_value,
        CASE WHEN r.basis = 'units' OR r.part_months = c.target_months THEN 1 ELSE 0 END AS gives_target,
        r.value, r.numerator, r.denominator, r.multiplier, r.target, r.target_high, r.verification, r.batch_number,
        CASE r.basis WHEN 'periods' THEN 2 ELSE 3 END AS origin, NULL AS computed_value, r.parts, r.parts_expected,
        r.parts_present, r.expected, r.is_partial_sum, r.part_months, r.rule
    FROM roll_up AS r
    LEFT JOIN chosen_target AS c
        ON r.unit_id = c.unit_id AND r.indicator_id = c.indicator_id AND r.start_month = c.start_month
    WHERE r.basis = 'units' OR r.part_months = c.value_months OR r.part_months = c.target_months
)

SELECT
    s.unit_id, s.indicator_id, s.start_month, s."year",
    MAX(CASE WHEN s.source = 'own' THEN s.value END) AS own_value,
    MAX(CASE WHEN s.source = 'own' THEN s.numerator END) AS own_numerator,
    MAX(CASE WHEN s.source = 'own' THEN s.denominator END) AS own_denominator,
    MAX(CASE WHEN s.source = 'own' THEN s.multiplier END) AS own_multiplier,
    MAX(CASE WHEN s.source = 'own' THEN s.target END) AS own_target,
    MAX(CASE WHEN s.source = 'own' THEN s.target_high END) AS own_high,
    MAX(CASE WHEN s.source = 'own' THEN s.verification END) AS own_verification,
    MAX(CASE WHEN s.source = 'own' THEN s.origin END) AS own_origin,
    MAX(CASE WHEN s.source = 'own' THEN s.batch_number END) AS own_batch,
    MAX(s.computed_value) AS computed_value,
    MAX(CASE WHEN s.source = 'periods' AND s.gives_value = 1 THEN 1 ELSE 0 END) AS has_periods,
    MAX(CASE WHEN s.source = 'periods' AND s.gives_value = 1 THEN s.value END) AS periods_value,
    MAX(CASE WHEN s.source = 'periods' AND s.gives_value = 1 THEN s.numerator END) AS periods_numerator,
    MAX(CASE WHEN s.source = 'periods' AND s.gives_value = 1 THEN s.denominator END) AS periods_denominator,
    MAX(CASE WHEN s.source = 'periods' AND s.gives_value = 1 THEN s.multiplier END) AS periods_multiplier,
    MAX(CASE WHEN s.source = 'periods' AND s.gives_target = 1 THEN s.target END) AS periods_target,
    MAX(CASE WHEN s.source = 'periods' AND s.gives_target = 1 THEN s.target_high END) AS periods_high,
    MAX(CASE WHEN s.source = 'periods' AND s.gives_value = 1 THEN s.verification END) AS periods_verification,
    MAX(CASE WHEN s.source = 'periods' THEN s.batch_number END) AS periods_batch,
    MAX(CASE WHEN s.source = 'periods' AND s.gives_value = 1 THEN s.parts END) AS periods_parts,
    MAX(CASE WHEN s.source = 'periods' AND s.gives_value = 1 THEN s.parts_expected END) AS periods_expected,
    MAX(CASE WHEN s.source = 'periods' AND s.gives_value = 1 THEN s.parts_present END) AS periods_present,
    MAX(CASE WHEN s.source = 'periods' AND s.gives_value = 1 THEN s.part_months END) AS periods_months,
    MAX(CASE WHEN s.source = 'periods' AND s.gives_value = 1 THEN s.is_partial_sum END) AS periods_partial_sum,
    MAX(CASE WHEN s.source = 'periods' AND s.gives_value = 1 THEN s.rule END) AS periods_rule,
    MAX(CASE WHEN s.source = 'units' THEN s.value END) AS units_value,
    MAX(CASE WHEN s.source = 'units' THEN s.numerator END) AS units_numerator,
    MAX(CASE WHEN s.source = 'units' THEN s.denominator END) AS units_denominator,
    MAX(CASE WHEN s.source = 'units' THEN s.multiplier END) AS units_multiplier,
    MAX(CASE WHEN s.source = 'units' THEN s.target END) AS units_target,
    MAX(CASE WHEN s.source = 'units' THEN s.target_high END) AS units_high,
    MAX(CASE WHEN s.source = 'units' THEN s.verification END) AS units_verification,
    MAX(CASE WHEN s.source = 'units' THEN s.batch_number END) AS units_batch,
    MAX(CASE WHEN s.source = 'units' THEN s.parts_expected END) AS units_expected,
    MAX(CASE WHEN s.source = 'units' THEN s.parts_present END) AS units_present,
    MAX(CASE WHEN s.source = 'units' THEN s.expected END) AS units_children_expected,
    MAX(CASE WHEN s.source = 'units' THEN s.is_partial_sum END) AS units_partial_sum,
    MAX(CASE WHEN s.source = 'units' THEN s.rule END) AS units_rule
FROM source AS s
GROUP BY s.unit_id, s.indicator_id, s.start_month, s."year"
