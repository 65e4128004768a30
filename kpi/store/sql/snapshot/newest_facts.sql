-- Of each unit that has figures of an indicator at its own grain: the newest with a value, in each state of verification;
-- the newest of all where none has a value. Grain: unit, verification.
WITH figure AS (
    SELECT f.unit_code, f.verification, f.period_end, f.value
    FROM facts_by_indicator AS f
    INNER JOIN indicator AS i
        ON f.organisation_code = i.organisation_code AND f.indicator_code = i.indicator_code AND f.grain = i.grain
    WHERE f.organisation_code = $organisation_code AND f.indicator_code = $indicator_code
),

newest AS (
    SELECT
        f.unit_code, f.verification,
        COALESCE(MAX(f.period_end) FILTER (WHERE f.value IS NOT NULL), MAX(f.period_end)) AS period_end
    FROM figure AS f
    GROUP BY f.unit_code, f.verification
)

SELECT
    f.unit_code, f.indicator_code, f.grain, f.period_start, f.period_end, f.value, f.target, f.target_high,
    f.numerator, f.denominator, f.verification, f.batch_number, i.polarity, i.worst_value, i.is_full_at_target,
    i.conversion_scale, f.is_partial_sum, FALSE AS is_withheld -- left out for this reader (kpi.access)
FROM facts_by_indicator AS f
INNER JOIN indicator AS i
    ON f.organisation_code = i.organisation_code AND f.indicator_code = i.indicator_code AND f.grain = i.grain
INNER JOIN newest AS n
    ON f.unit_code = n.unit_code AND f.period_end = n.period_end
    AND f.verification IS NOT DISTINCT FROM n.verification
WHERE f.organisation_code = $organisation_code AND f.indicator_code = $indicator_code
ORDER BY f.unit_code, f.period_end
