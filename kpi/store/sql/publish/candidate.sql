-- One row per figure of a level and grain, with what each source says. Grain: unit_id, indicator_id, start_month.
-- Sources: own (stated by the unit), periods (from the finest finer grain at which it stated values), units (from its children).
CREATE OR REPLACE TEMP TABLE candidate AS
WITH stated AS (SELECT o.* FROM own AS o WHERE o.level = $level AND o.months = $months),

of_units AS (SELECT r.* FROM roll_up AS r WHERE r.part_months = $months),

of_periods AS (SELECT r.* FROM roll_up AS r WHERE r.part_months < $months),

chosen_grain AS (
    SELECT
        p.unit_id, p.indicator_id, p.start_month, MIN(CASE WHEN p.has_own_value = 1 THEN p.part_months END) AS value_months
    FROM of_periods AS p
    GROUP BY p.unit_id, p.indicator_id, p.start_month
),

chosen AS (
    SELECT
        unit_id, indicator_id, start_month, g.value_months,
        COALESCE(
            MIN(CASE WHEN p.part_months >= g.value_months AND p.present_with_target > 0 THEN p.part_months END),
            MIN(CASE WHEN p.targets > 0 AND (g.value_months IS NOT NULL OR p.has_own_target = 1) THEN p.part_months END)
        ) AS target_months
    FROM chosen_grain AS g
    INNER JOIN of_periods AS p USING (unit_id, indicator_id, start_month)
    GROUP BY unit_id, indicator_id, start_month, g.value_months
    HAVING value_months IS NOT NULL OR target_months IS NOT NULL
),

place AS (
    SELECT
        unit_id, indicator_id, start_month, c.value_months, c.target_months, o.value AS own_value,
        o.numerator AS own_numerator, o.denominator AS own_denominator, o.multiplier AS own_multiplier,
        o.target AS own_target, o.target_high AS own_high, o.verification AS own_verification, o.origin AS own_origin,
        o.batch_number AS own_batch, o.computed_value, o."year" AS own_year, r.value AS units_value,
        r.numerator AS units_numerator, r.denominator AS units_denominator, r.multiplier AS units_multiplier,
        r.target AS units_target, r.target_high AS units_high, r.verification AS units_verification,
        r.batch_number AS units_batch, r.parts_expected AS units_expected, r.parts_present AS units_present,
        r.expected AS units_children_expected, r.is_partial_sum AS units_partial_sum, r.rule AS units_rule,
        r."year" AS units_year
    FROM stated AS o
    FULL JOIN of_units AS r USING (unit_id, indicator_id, start_month)
    FULL JOIN chosen AS c USING (unit_id, indicator_id, start_month)
)

SELECT
    p.unit_id, p.indicator_id, p.start_month, COALESCE(p.own_year, p.units_year, v."year", t."year") AS "year",
    p.own_value, p.own_numerator, p.own_denominator, p.own_multiplier, p.own_target, p.own_high, p.own_verification,
    p.own_origin, p.own_batch, p.computed_value, CASE WHEN v.unit_id IS NULL THEN 0 ELSE 1 END AS has_periods,
    v.value AS periods_value, v.numerator AS periods_numerator, v.denominator AS periods_denominator,
    v.multiplier AS periods_multiplier, t.target AS periods_target, t.target_high AS periods_high,
    v.verification AS periods_verification, GREATEST(v.batch_number, t.batch_number) AS periods_batch,
    v.parts AS periods_parts, v.parts_expected AS periods_expected, v.parts_present AS periods_present,
    v.part_months AS periods_months, v.is_partial_sum AS periods_partial_sum, v.rule AS periods_rule, p.units_value,
    p.units_numerator, p.units_denominator, p.units_multiplier, p.units_target, p.units_high, p.units_verification,
    p.units_batch, p.units_expected, p.units_present, p.units_children_expected, p.units_partial_sum, p.units_rule
FROM place AS p
LEFT JOIN of_periods AS v
    ON p.unit_id = v.unit_id AND p.indicator_id = v.indicator_id AND p.start_month = v.start_month
    AND p.value_months = v.part_months
LEFT JOIN of_periods AS t
    ON p.unit_id = t.unit_id AND p.indicator_id = t.indicator_id AND p.start_month = t.start_month
    AND p.target_months = t.part_months
