-- One row per figure that parts would make, for the units of a level and one grain.
-- Grain: basis, unit_id, indicator_id, start_month, part_months.
-- Basis 'periods': the unit's own facts of each finer grain; 'units': its child units' facts of this grain. A part is present
-- when it can enter the rule: it has a value, and for a ratio numerator and denominator too. The target is made from
-- the parts that are present, and only when each of them has one; where none is present, from all that have one.
CREATE OR REPLACE TABLE roll_up AS
WITH part AS (
    SELECT
        'periods' AS basis, f.unit_id, f.indicator_id,
        u.year_offset + CAST(FLOOR((f.start_month - u.year_offset) / $months) AS INTEGER) * $months AS span_month,
        f.months AS part_months, f.start_month, f."year", i.aggregation_over_periods AS rule, f.value, f.numerator,
        f.denominator, COALESCE(f.multiplier, i.multiplier) AS multiplier, f.target, f.target_high, f.parts_expected,
        f.parts_present, f.expected, f.is_partial_sum, f.is_own_target, f.verification, f.batch_number,
        CASE WHEN f.origin IN (0, 1) AND f.value IS NOT NULL THEN 1 ELSE 0 END AS is_own_value
    FROM fact AS f
    INNER JOIN unit AS u USING (unit_id)
    INNER JOIN indicator AS i USING (indicator_id)
    WHERE u.level = $level AND f.months < $months AND i.aggregation_over_periods <> 'none'
    UNION ALL
    SELECT
        'units' AS basis, u.parent_id AS unit_id, f.indicator_id, f.start_month AS span_month,
        f.months AS part_months, f.start_month, f."year", i.aggregation_over_units AS rule, f.value, f.numerator,
        f.denominator, COALESCE(f.multiplier, i.multiplier) AS multiplier, f.target, f.target_high, f.parts_expected,
        f.parts_present, f.expected, f.is_partial_sum, 0 AS is_own_target, f.verification, f.batch_number,
        0 AS is_own_value
    FROM fact AS f
    INNER JOIN unit AS u USING (unit_id)
    INNER JOIN indicator AS i USING (indicator_id)
    WHERE u.level = $level + 1 AND f.months = $months AND i.aggregation_over_units <> 'none'
),

marked AS (
    SELECT
        p.basis, p.unit_id, p.indicator_id, p.span_month, p.part_months, p.start_month, p."year", p.rule, p.value,
        p.numerator, p.denominator, p.multiplier, p.target, COALESCE(p.target_high, p.target) AS high,
        p.target_high, p.parts_expected, p.parts_present, p.expected, p.is_partial_sum, p.is_own_target,
        p.verification, p.batch_number, p.is_own_value,
        CASE WHEN p.value IS NOT NULL AND (p.rule <> 'ratio' OR p.denominator IS NOT NULL) THEN 1 ELSE 0 END AS is_present
    FROM part AS p
),

total AS (
    SELECT
        m.basis, m.unit_id, m.indicator_id, m.span_month, m.part_months, m."year", m.rule,
        MAX(m.is_own_value) AS has_own_value, MAX(m.is_own_target) AS has_own_target, COUNT(*) AS parts,
        SUM(m.is_present) AS present, COUNT(m.target) AS targets,
        SUM(CASE WHEN m.is_present = 1 AND m.target IS NOT NULL THEN 1 ELSE 0 END) AS present_with_target,
        MAX(CASE WHEN m.is_present = 1 THEN m.start_month END) AS last_present,
        MAX(CASE WHEN m.is_present = 1 AND m.target IS NOT NULL THEN m.start_month END) AS last_present_with_target,
        MAX(CASE WHEN m.is_present = 1 AND m.denominator IS NOT NULL THEN m.start_month END) AS last_present_with_ratio,
        SUM(CASE WHEN m.is_present = 1 THEN m.value END) AS value_sum,
        AVG(CASE WHEN m.is_present = 1 THEN m.value END) AS value_mean,
        MAX_BY(m.value, CASE WHEN m.is_present = 1 THEN m.start_month END) AS value_last,
        SUM(CASE WHEN m.is_present = 1 THEN m.numerator END) AS numerator_sum,
        SUM(CASE WHEN m.is_present = 1 THEN m.denominator END) AS denominator_sum,
        MAX_BY(m.numerator, CASE WHEN m.is_present = 1 THEN m.start_month END) AS numerator_last,
        MAX_BY(m.denominator, CASE WHEN m.is_present = 1 THEN m.start_month END) AS denominator_last,
        MAX(CASE WHEN m.denominator IS NOT NULL THEN m.multiplier END) AS multiplier,
        SUM(CASE WHEN m.is_present = 1 THEN m.target END) AS target_sum,
        AVG(CASE WHEN m.is_present = 1 THEN m.target END) AS target_mean,
        MAX_BY(m.target, CASE WHEN m.is_present = 1 THEN m.start_month END) AS target_last,
        SUM(CASE WHEN m.is_present = 1 THEN m.target * m.denominator END) AS target_weighted,
        SUM(CASE WHEN m.is_present = 1 THEN m.high END) AS high_sum,
        AVG(CASE WHEN m.is_present = 1 THEN m.high END) AS high_mean,
        MAX_BY(m.high, CASE WHEN m.is_present = 1 THEN m.start_month END) AS high_last,
        SUM(CASE WHEN m.is_present = 1 THEN m.high * m.denominator END) AS high_weighted,
        MAX(CASE WHEN m.is_present = 1 AND m.target_high IS NOT NULL THEN 1 ELSE 0 END) AS has_high,
        MAX_BY(m.target_high, CASE WHEN m.is_present = 1 THEN m.start_month END) AS target_high_last,
        MAX(CASE WHEN m.is_present = 1 AND m.target_high IS NOT NULL THEN m.start_month END) AS last_present_with_high,
        SUM(m.target) AS promised_sum, AVG(m.target) AS promised_mean, MAX_BY(m.target, m.start_month) AS promised_last,
        SUM(CASE WHEN m.target IS NOT NULL THEN m.high END) AS promised_high_sum,
        AVG(CASE WHEN m.target IS NOT NULL THEN m.high END) AS promised_high_mean,
        MAX_BY(m.high, CASE WHEN m.target IS NOT NULL THEN m.start_month END) AS promised_high_last,
        MAX(CASE WHEN m.target_high IS NOT NULL THEN 1 ELSE 0 END) AS is_high_promised,
        MAX(CASE WHEN m.target_high IS NOT NULL THEN m.start_month END) AS last_high,
        MAX(CASE WHEN m.target IS NOT NULL THEN m.start_month END) AS last_target,
        SUM(m.parts_expected) AS parts_expected,
        SUM(CASE WHEN m.is_present = 1 THEN m.parts_present ELSE 0 END) AS parts_present,
        SUM(m.expected) AS expected,
        MAX(CASE WHEN m.is_present = 1 THEN m.is_partial_sum ELSE 0 END) AS is_partial_sum,
        MIN(CASE WHEN m.is_present = 1 THEN m.verification END) AS verification, MAX(m.batch_number) AS batch_number
    FROM marked AS m
    GROUP BY m.basis, m.unit_id, m.indicator_id, m.span_month, m.part_months, m."year", m.rule
)

SELECT
    t.basis, t.unit_id, t.indicator_id, t.span_month AS start_month, t.part_months, t."year", t.rule, t.has_own_value,
    t.has_own_target, t.parts, t.present, t.targets, t.present_with_target, t.parts_expected, t.parts_present,
    t.expected, t.is_partial_sum, t.verification, t.batch_number, t.multiplier,
    CASE t.rule
        WHEN 'sum' THEN t.value_sum
        WHEN 'mean' THEN t.value_mean
        WHEN 'last' THEN t.value_last
        ELSE t.multiplier * t.numerator_sum / t.denominator_sum
    END AS value,
    CASE
        WHEN t.rule = 'ratio' THEN t.numerator_sum
        WHEN t.rule = 'last' AND t.last_present_with_ratio = t.last_present THEN t.numerator_last
    END AS numerator,
    CASE
        WHEN t.rule = 'ratio' THEN t.denominator_sum
        WHEN t.rule = 'last' AND t.last_present_with_ratio = t.last_present THEN t.denominator_last
    END AS denominator,
    CASE
        WHEN t.present = 0 AND t.rule = 'sum' THEN t.promised_sum
        WHEN t.present = 0 AND t.rule = 'last' THEN t.promised_last
        WHEN t.present = 0 THEN t.promised_mean
        WHEN t.rule = 'last' THEN CASE WHEN t.last_present_with_target = t.last_present THEN t.target_last END
        WHEN t.present_with_target < t.present THEN NULL
        WHEN t.rule = 'sum' THEN t.target_sum
        WHEN t.rule = 'mean' THEN t.target_mean
        ELSE t.target_weighted / t.denominator_sum
    END AS target,
    CASE
        WHEN t.present = 0 AND t.is_high_promised = 0 THEN NULL
        WHEN t.present = 0 AND t.rule = 'sum' THEN t.promised_high_sum
        WHEN t.present = 0 AND t.rule = 'last' THEN CASE WHEN t.last_high = t.last_target THEN t.promised_high_last END
        WHEN t.present = 0 THEN t.promised_high_mean
        WHEN t.rule = 'last' THEN CASE WHEN t.last_present_with_high = t.last_present THEN t.target_high_last END
        WHEN t.has_high = 0 OR t.present_with_target < t.present THEN NULL
        WHEN t.rule = 'sum' THEN t.high_sum
        WHEN t.rule = 'mean' THEN t.high_mean
        ELSE t.high_weighted / t.denominator_sum
    END AS target_high
FROM total AS t
