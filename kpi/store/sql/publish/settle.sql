-- Adds the consolidated figures of a level and grain. Grain: unit_id, indicator_id, months, start_month.
-- Precedence of the value: own, periods, units. A target follows its value, but an own target wins over any other.
-- A value is verified or locked when it says so itself, or when the state of its unit's period does.
INSERT INTO fact
WITH settled AS (
    SELECT
        c.unit_id, c.indicator_id, c.start_month, c."year", u.from_month, u.to_month, u.year_offset,
        CASE WHEN c.own_value IS NOT NULL THEN 'own' WHEN c.has_periods = 1 THEN 'periods' ELSE 'units' END AS source,
        CASE
            WHEN c.own_target IS NOT NULL THEN 'own'
            WHEN c.periods_target IS NOT NULL THEN 'periods'
            WHEN c.has_periods = 1 AND c.own_value IS NULL THEN 'none'
            ELSE 'units'
        END AS target_source,
        c.own_value, c.own_numerator, c.own_denominator, c.own_multiplier, c.own_target, c.own_high,
        c.own_verification, c.own_origin, c.own_batch,
        c.periods_value, c.periods_numerator, c.periods_denominator, c.periods_multiplier, c.periods_target,
        c.periods_high, c.periods_verification, c.periods_batch, c.periods_parts, c.periods_expected,
        c.periods_present, c.periods_months, c.periods_partial_sum, c.periods_rule,
        c.units_value, c.units_numerator, c.units_denominator, c.units_multiplier, c.units_target, c.units_high,
        c.units_verification, c.units_batch, c.units_expected, c.units_present, c.units_partial_sum, c.units_rule,
        COALESCE(e.self_parts, 0) AS self_parts, COALESCE(e.self_parts_to_date, 0) AS self_parts_to_date,
        COALESCE(c.units_expected + GREATEST(COALESCE(e.children_parts, 0) - c.units_children_expected, 0), 0)
            AS units_parts
    FROM candidate AS c
    INNER JOIN unit AS u USING (unit_id)
    LEFT JOIN expected AS e
        ON c.unit_id = e.unit_id AND c.indicator_id = e.indicator_id AND c.start_month = e.start_month
),

figure AS (
    SELECT
        s.unit_id, s.indicator_id, s.start_month, s."year", s.source, s.target_source, s.own_target, s.periods_target,
        s.units_target, s.own_origin, s.self_parts, s.self_parts_to_date, s.periods_rule, s.units_rule,
        s.periods_partial_sum, s.units_partial_sum,
        CASE s.source WHEN 'own' THEN s.own_value WHEN 'periods' THEN s.periods_value ELSE s.units_value END AS value,
        CASE s.source
            WHEN 'own' THEN s.own_numerator WHEN 'periods' THEN s.periods_numerator ELSE s.units_numerator
        END AS numerator,
        CASE s.source
            WHEN 'own' THEN s.own_denominator WHEN 'periods' THEN s.periods_denominator ELSE s.units_denominator
        END AS denominator,
        CASE s.source
            WHEN 'own' THEN s.own_multiplier WHEN 'periods' THEN s.periods_multiplier ELSE s.units_multiplier
        END AS multiplier,
        CASE s.target_source
            WHEN 'own' THEN s.own_target WHEN 'periods' THEN s.periods_target WHEN 'units' THEN s.units_target
        END AS target,
        CASE s.target_source
            WHEN 'own' THEN s.own_high WHEN 'periods' THEN s.periods_high WHEN 'units' THEN s.units_high
        END AS target_high,
        CASE s.source
            WHEN 'own' THEN s.own_verification WHEN 'periods' THEN s.periods_verification ELSE s.units_verification
        END AS verification,
        GREATEST(
            COALESCE(s.own_batch, 0), COALESCE(CASE WHEN s.source <> 'own' THEN s.periods_batch END, 0),
            COALESCE(CASE WHEN s.source = 'units' THEN s.units_batch END, 0)
        ) AS batch_number,
        CASE s.source
            WHEN 'own' THEN 1
            WHEN 'periods' THEN s.periods_expected + GREATEST(
                CASE
                    WHEN LEAST(s.start_month + $months - 1, s.to_month) < GREATEST(s.start_month, s.from_month) THEN 0
                    ELSE
                        CAST(FLOOR(
                            (LEAST(s.start_month + $months - 1, s.to_month) - s.year_offset) / s.periods_months
                        ) AS BIGINT)
                        - CAST(FLOOR(
                            (GREATEST(s.start_month, s.from_month) - s.year_offset) / s.periods_months
                        ) AS BIGINT) + 1
                END - s.periods_parts, 0
            )
            ELSE CASE
                WHEN s.units_value IS NOT NULL THEN GREATEST(s.units_parts, s.units_present)
                ELSE GREATEST(s.units_parts, s.self_parts, 1)
            END
        END AS parts_expected,
        CASE s.source
            WHEN 'own' THEN 1 WHEN 'periods' THEN s.periods_present ELSE COALESCE(s.units_present, 0)
        END AS parts_present
    FROM settled AS s
)

SELECT
    f.unit_id, f.indicator_id, $months AS months, f.start_month, f."year", f.value, f.numerator, f.denominator,
    f.multiplier, f.target, f.target_high, f.parts_expected,
    CASE WHEN f.value IS NULL THEN 0 ELSE f.parts_present END AS parts_present,
    f.self_parts AS expected, f.self_parts_to_date AS expected_to_date,
    CASE
        WHEN f.value IS NULL OR f.source = 'own' THEN 0
        WHEN f.source = 'periods' AND f.periods_rule = 'sum' AND f.parts_present < f.parts_expected THEN 1
        WHEN f.source = 'units' AND f.units_rule = 'sum' AND f.parts_present < f.parts_expected THEN 1
        WHEN f.source = 'periods' THEN f.periods_partial_sum
        ELSE f.units_partial_sum
    END AS is_partial_sum,
    CASE WHEN f.target_source IN ('own', 'periods') THEN 1 ELSE 0 END AS is_own_target,
    CASE WHEN f.value IS NOT NULL THEN GREATEST(f.verification, COALESCE(l."level", 0)) END AS verification,
    CASE f.source
        WHEN 'own' THEN f.own_origin
        WHEN 'periods' THEN 2
        ELSE CASE
            WHEN f.value IS NULL AND f.target_source = 'own' THEN 0
            WHEN f.value IS NULL AND f.target_source = 'periods' THEN 2
            ELSE 3
        END
    END AS origin,
    f.batch_number
FROM figure AS f
LEFT JOIN period_level AS l
    ON f.unit_id = l.unit_id AND l.months = $months AND f.start_month = l.start_month
WHERE f.value IS NOT NULL OR f.target IS NOT NULL
