-- One row per figure that parts would make, for the units of a level and one grain.
-- Grain: unit_id, indicator_id, start_month, part_months.
-- part_months < $months: the unit's own facts of that finer grain; = $months: its child units' facts of this grain. A part is
-- present when it can enter the rule: it has a value, and for a ratio numerator and denominator too. The target is made
-- from the parts that are present, and only when each of them has one; where none is present, from all that have one.
CREATE OR REPLACE TEMP TABLE roll_up AS
WITH part AS (
    SELECT
        f.unit_id, f.indicator_id,
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
        u.parent_id AS unit_id, f.indicator_id, f.start_month AS span_month, f.months AS part_months, f.start_month,
        f."year", i.aggregation_over_units AS rule, f.value, f.numerator, f.denominator,
        COALESCE(f.multiplier, i.multiplier) AS multiplier, f.target, f.target_high, f.parts_expected,
        f.parts_present, f.expected, f.is_partial_sum, 0 AS is_own_target, f.verification, f.batch_number,
        0 AS is_own_value
    FROM fact AS f
    INNER JOIN unit AS u USING (unit_id)
    INNER JOIN indicator AS i USING (indicator_id)
    WHERE u.level = $level + 1 AND f.months = $months AND i.aggregation_over_units <> 'none'
),

judged AS (
    SELECT
        p.unit_id, p.indicator_id, p.span_month, p.part_months, p.start_month, p."year", p.rule, p.value, p.numerator,
        p.denominator, p.multiplier, p.target, p.target_high,
        CASE
            WHEN p.indicator_id IN (SELECT g.indicator_id FROM fact AS g WHERE g.target_high IS NOT NULL)
                THEN COALESCE(p.target_high, p.target)
        END AS high,
        p.parts_expected, p.parts_present, p.expected, p.is_partial_sum, p.is_own_target, p.verification,
        p.batch_number, p.is_own_value,
        p.value IS NOT NULL AND (p.rule <> 'ratio' OR p.denominator IS NOT NULL) AS is_present
    FROM part AS p
),

-- What is added up: for a ratio the numerator in place of the value, and the target as often as its denominator says. Of parts that
-- are absent only what they promise, which counts where none is present; and no high end where no target has one.
marked AS (
    SELECT
        j.unit_id, j.indicator_id, j.span_month, j.part_months, j."year", j.target, j.expected, j.parts_expected,
        j.batch_number, j.is_own_value, j.is_own_target,
        CASE WHEN j.is_present THEN 1 ELSE 0 END AS is_present,
        CASE WHEN NOT j.is_present THEN NULL WHEN j.rule = 'ratio' THEN j.numerator ELSE j.value END AS added_value,
        CASE WHEN j.is_present AND j.rule = 'ratio' THEN j.denominator END AS added_denominator,
        CASE
            WHEN NOT j.is_present THEN NULL WHEN j.rule = 'ratio' THEN j.target * j.denominator ELSE j.target
        END AS added_target,
        CASE
            WHEN NOT j.is_present THEN NULL WHEN j.rule = 'ratio' THEN j.high * j.denominator ELSE j.high
        END AS added_high,
        CASE WHEN NOT j.is_present THEN j.target END AS promised,
        CASE WHEN NOT j.is_present AND j.target IS NOT NULL THEN j.high END AS promised_high,
        CASE WHEN j.target_high IS NULL THEN 0 WHEN j.is_present THEN 2 ELSE 1 END AS high_is,
        CASE WHEN j.denominator IS NOT NULL THEN j.multiplier END AS multiplier,
        CASE WHEN j.is_present THEN j.parts_present ELSE 0 END AS parts_present,
        CASE WHEN j.is_present THEN j.is_partial_sum ELSE 0 END AS is_partial_sum,
        CASE WHEN j.is_present THEN j.verification END AS verification,
        CASE WHEN j.rule = 'last' AND j.is_present THEN j.start_month END AS present_in,
        CASE WHEN j.rule = 'last' AND j.target IS NOT NULL THEN j.start_month END AS promised_in,
        STRUCT_PACK(
            value := j.value, numerator := j.numerator, denominator := j.denominator, target := j.target,
            target_high := j.target_high
        ) AS one
    FROM judged AS j
),

total AS (
    SELECT
        m.unit_id, m.indicator_id, m.span_month, m.part_months, MAX(m."year") AS "year",
        MAX(m.is_own_value) AS has_own_value, MAX(m.is_own_target) AS has_own_target, COUNT(*) AS parts,
        SUM(m.is_present) AS present, COUNT(m.target) AS targets, COUNT(m.added_target) AS present_with_target,
        ADDED_UP(m.added_value) AS value_sum, ADDED_UP(m.added_denominator) AS denominator_sum,
        MAX(m.multiplier) AS multiplier, ADDED_UP(m.added_target) AS target_sum, ADDED_UP(m.added_high) AS high_sum,
        ADDED_UP(m.promised) AS promised_sum, ADDED_UP(m.promised_high) AS promised_high_sum, MAX(m.high_is) AS high_is,
        MAX_BY(m.one, m.present_in) AS last_one, MAX_BY(m.one, m.promised_in) AS last_promise,
        SUM(m.parts_expected) AS parts_expected, SUM(m.parts_present) AS parts_present, SUM(m.expected) AS expected,
        MAX(m.is_partial_sum) AS is_partial_sum, MIN(m.verification) AS verification,
        MAX(m.batch_number) AS batch_number
    FROM marked AS m
    GROUP BY m.unit_id, m.indicator_id, m.span_month, m.part_months
),

ruled AS (
    SELECT
        t.unit_id, t.indicator_id, t.span_month, t.part_months, t."year", t.has_own_value, t.has_own_target, t.parts,
        t.present, t.targets, t.present_with_target, t.value_sum, t.denominator_sum, t.multiplier, t.target_sum,
        t.high_sum, t.promised_sum, t.promised_high_sum, t.high_is, t.last_one, t.last_promise, t.parts_expected,
        t.parts_present, t.expected, t.is_partial_sum, t.verification, t.batch_number,
        CASE WHEN t.part_months = $months THEN i.aggregation_over_units ELSE i.aggregation_over_periods END AS rule
    FROM total AS t
    INNER JOIN indicator AS i USING (indicator_id)
)

SELECT
    r.unit_id, r.indicator_id, r.span_month AS start_month, r.part_months, r."year", r.rule, r.has_own_value,
    r.has_own_target, r.parts, r.present, r.targets, r.present_with_target, r.parts_expected, r.parts_present,
    r.expected, r.is_partial_sum, r.verification, r.batch_number, r.multiplier,
    CASE r.rule
        WHEN 'sum' THEN r.value_sum
        WHEN 'mean' THEN r.value_sum / r.present
        WHEN 'last' THEN r.last_one.value
        ELSE r.multiplier * r.value_sum / r.denominator_sum
    END AS value,
    CASE
        WHEN r.rule = 'ratio' THEN r.value_sum
        WHEN r.rule = 'last' AND r.last_one.denominator IS NOT NULL THEN r.last_one.numerator
    END AS numerator,
    CASE r.rule WHEN 'ratio' THEN r.denominator_sum WHEN 'last' THEN r.last_one.denominator END AS denominator,
    CASE
        WHEN r.present = 0 AND r.rule = 'sum' THEN r.promised_sum
        WHEN r.present = 0 AND r.rule = 'last' THEN r.last_promise.target
        WHEN r.present = 0 THEN r.promised_sum / r.targets
        WHEN r.rule = 'last' THEN r.last_one.target
        WHEN r.present_with_target < r.present THEN NULL
        WHEN r.rule = 'sum' THEN r.target_sum
        WHEN r.rule = 'mean' THEN r.target_sum / r.present
        ELSE r.target_sum / r.denominator_sum
    END AS target,
    CASE
        WHEN r.high_is = 0 OR (r.high_is = 1 AND r.present > 0) THEN NULL
        WHEN r.present = 0 AND r.rule = 'sum' THEN r.promised_high_sum
        WHEN r.present = 0 AND r.rule = 'last' THEN r.last_promise.target_high
        WHEN r.present = 0 THEN r.promised_high_sum / r.targets
        WHEN r.rule = 'last' THEN r.last_one.target_high
        WHEN r.present_with_target < r.present THEN NULL
        WHEN r.rule = 'sum' THEN r.high_sum
        WHEN r.rule = 'mean' THEN r.high_sum / r.present
        ELSE r.high_sum / r.denominator_sum
    END AS target_high
FROM ruled AS r
