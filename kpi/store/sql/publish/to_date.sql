-- Adds the facts with their figures to date: a window over the unit's own facts of the same grain, from the start of
-- the organisation's year. Grain: unit_id, indicator_id, months, start_month.
-- The rule is the indicator's over periods; without one there is nothing to date, but the year is its own.
INSERT INTO consolidated
WITH ruled AS (
    SELECT
        f.unit_id, f.indicator_id, f.months, f.start_month, f."year", f.value, f.numerator, f.denominator, f.target,
        f.target_high, f.parts_expected, f.parts_present, f.expected, f.expected_to_date, f.is_partial_sum,
        f.verification, f.origin, f.batch_number, COALESCE(f.target_high, f.target) AS high,
        COALESCE(f.multiplier, i.multiplier) AS multiplier,
        CASE WHEN f.months = 12 THEN 'year' ELSE i.aggregation_over_periods END AS rule,
        CASE
            WHEN f.value IS NOT NULL AND (i.aggregation_over_periods <> 'ratio' OR f.denominator IS NOT NULL) THEN 1
            ELSE 0
        END AS is_present
    FROM fact AS f
    INNER JOIN indicator AS i USING (indicator_id)
),

-- What is added up: for a ratio the numerator in place of the value, and the target as often as its denominator says.
-- What is carried on: where the last one counts, all of it together, also what it lacks.
marked AS (
    SELECT
        r.unit_id, r.indicator_id, r.months, r.start_month, r."year", r.value, r.numerator, r.denominator, r.target,
        r.target_high, r.high, r.parts_expected, r.parts_present, r.expected, r.expected_to_date, r.is_partial_sum,
        r.verification, r.origin, r.batch_number, r.multiplier, r.rule, r.is_present,
        CASE WHEN r.is_present = 0 THEN NULL WHEN r.rule = 'ratio' THEN r.numerator ELSE r.value END AS added_value,
        CASE
            WHEN r.is_present = 0 THEN NULL WHEN r.rule = 'ratio' THEN r.target * r.denominator ELSE r.target
        END AS added_target,
        CASE
            WHEN r.is_present = 0 THEN NULL WHEN r.rule = 'ratio' THEN r.high * r.denominator ELSE r.high
        END AS added_high,
        CASE
            WHEN r.rule = 'last' AND r.is_present = 1 THEN STRUCT_PACK(
                value := r.value, numerator := r.numerator, denominator := r.denominator, target := r.target,
                target_high := r.target_high
            )
        END AS present_one,
        CASE
            WHEN r.rule = 'last' AND r.target IS NOT NULL THEN STRUCT_PACK(
                target := r.target, target_high := r.target_high
            )
        END AS promised_one
    FROM ruled AS r
),

running AS (
    SELECT
        m.unit_id, m.indicator_id, m.months, m.start_month, m."year", m.value, m.numerator, m.denominator, m.target,
        m.target_high, m.high, m.parts_expected, m.parts_present, m.is_partial_sum, m.verification, m.origin,
        m.batch_number, m.rule, m.expected_to_date,
        SUM(m.is_present) OVER span AS present, COUNT(m.added_target) OVER span AS present_with_target,
        COUNT(m.target) OVER span AS targets,
        LAST_VALUE(m.present_one IGNORE NULLS) OVER span AS last_one,
        LAST_VALUE(m.promised_one IGNORE NULLS) OVER span AS last_promise,
        SUM(m.added_value) OVER span AS value_sum,
        SUM(CASE WHEN m.is_present = 1 THEN m.denominator END) OVER span AS denominator_sum,
        MAX(CASE WHEN m.denominator IS NOT NULL THEN m.multiplier END) OVER span AS multiplier,
        SUM(m.added_target) OVER span AS target_sum, SUM(m.added_high) OVER span AS high_sum,
        MAX(CASE WHEN m.is_present = 1 AND m.target_high IS NOT NULL THEN 1 ELSE 0 END) OVER span AS has_high,
        SUM(m.target) OVER span AS promised_sum, SUM(m.high) OVER span AS promised_high_sum,
        MAX(CASE WHEN m.target_high IS NOT NULL THEN 1 ELSE 0 END) OVER span AS is_high_promised,
        SUM(m.parts_expected) OVER span AS parts_expected_so_far, SUM(m.expected) OVER span AS expected_so_far,
        SUM(CASE WHEN m.is_present = 1 THEN m.parts_present ELSE 0 END) OVER span AS parts_present_so_far,
        MAX(CASE WHEN m.is_present = 1 THEN m.is_partial_sum ELSE 0 END) OVER span AS partial_so_far,
        MIN(CASE WHEN m.is_present = 1 THEN m.verification END) OVER span AS verification_so_far,
        MAX(m.batch_number) OVER span AS batch_so_far
    FROM marked AS m
    WINDOW span AS (
        PARTITION BY m.unit_id, m.indicator_id, m.months, m."year" ORDER BY m.start_month
        ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    )
),

carried AS (
    SELECT
        r.unit_id, r.indicator_id, r.months, r.start_month, r."year", r.value, r.numerator, r.denominator, r.target,
        r.target_high, r.parts_expected, r.parts_present, r.is_partial_sum, r.verification, r.origin, r.batch_number,
        r.rule, r.present, r.present_with_target, r.targets, r.value_sum, r.denominator_sum,
        r.multiplier, r.target_sum, r.high_sum, r.has_high, r.promised_sum, r.promised_high_sum, r.is_high_promised,
        r.parts_present_so_far, r.partial_so_far, r.verification_so_far, r.batch_so_far,
        r.parts_expected_so_far + GREATEST(r.expected_to_date - r.expected_so_far, 0) AS parts_expected_to_date,
        r.last_one.value AS value_last, r.last_one.numerator AS numerator_last,
        r.last_one.denominator AS denominator_last, r.last_one.target AS target_last,
        r.last_one.target_high AS target_high_last, r.last_promise.target AS promised_last,
        r.last_promise.target_high AS promised_high_last
    FROM running AS r
)

SELECT
    c.unit_id, c.indicator_id, c.months, c.start_month, c."year", c.value, c.numerator, c.denominator, c.target,
    c.target_high, c.parts_expected, c.parts_present, c.is_partial_sum = 1, c.verification, c.origin, c.batch_number,
    CASE c.rule
        WHEN 'year' THEN c.value
        WHEN 'sum' THEN c.value_sum
        WHEN 'mean' THEN c.value_sum / c.present
        WHEN 'last' THEN c.value_last
        WHEN 'ratio' THEN c.multiplier * c.value_sum / c.denominator_sum
    END,
    CASE c.rule WHEN 'year' THEN c.numerator WHEN 'last' THEN c.numerator_last WHEN 'ratio' THEN c.value_sum END,
    CASE c.rule
        WHEN 'year' THEN c.denominator WHEN 'last' THEN c.denominator_last WHEN 'ratio' THEN c.denominator_sum
    END,
    CASE
        WHEN c.rule = 'year' THEN c.target
        WHEN c.rule = 'none' THEN NULL
        WHEN c.present = 0 AND c.rule = 'sum' THEN c.promised_sum
        WHEN c.present = 0 AND c.rule = 'last' THEN c.promised_last
        WHEN c.present = 0 THEN c.promised_sum / c.targets
        WHEN c.rule = 'last' THEN c.target_last
        WHEN c.present_with_target < c.present THEN NULL
        WHEN c.rule = 'sum' THEN c.target_sum
        WHEN c.rule = 'mean' THEN c.target_sum / c.present
        ELSE c.target_sum / c.denominator_sum
    END,
    CASE
        WHEN c.rule = 'year' THEN c.target_high
        WHEN c.rule = 'none' THEN NULL
        WHEN c.present = 0 AND c.is_high_promised = 0 THEN NULL
        WHEN c.present = 0 AND c.rule = 'sum' THEN c.promised_high_sum
        WHEN c.present = 0 AND c.rule = 'last' THEN c.promised_high_last
        WHEN c.present = 0 THEN c.promised_high_sum / c.targets
        WHEN c.rule = 'last' THEN c.target_high_last
        WHEN c.has_high = 0 OR c.present_with_target < c.present THEN NULL
        WHEN c.rule = 'sum' THEN c.high_sum
        WHEN c.rule = 'mean' THEN c.high_sum / c.present
        ELSE c.high_sum / c.denominator_sum
    END,
    CASE c.rule WHEN 'year' THEN c.parts_expected WHEN 'none' THEN NULL ELSE c.parts_expected_to_date END,
    CASE c.rule WHEN 'year' THEN c.parts_present WHEN 'none' THEN NULL ELSE c.parts_present_so_far END,
    CASE c.rule
        WHEN 'year' THEN c.is_partial_sum = 1
        WHEN 'none' THEN NULL
        WHEN 'sum' THEN c.present > 0 AND c.parts_present_so_far < c.parts_expected_to_date
        ELSE c.partial_so_far = 1
    END,
    CASE c.rule WHEN 'year' THEN c.verification WHEN 'none' THEN NULL ELSE c.verification_so_far END,
    CASE c.rule WHEN 'year' THEN c.batch_number WHEN 'none' THEN NULL ELSE c.batch_so_far END
FROM carried AS c
