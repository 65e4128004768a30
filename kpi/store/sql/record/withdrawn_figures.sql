-- One row per figure that would stand otherwise without a batch: as it stands now, and as it would. Grain: unit, indicator, grain, period.
WITH own AS (
    SELECT m.organisation_code, m.unit_code, m.indicator_code, m.grain, m.period_start, m.period_end
    FROM measurement AS m
    WHERE m.batch_number = $batch_number
    UNION
    SELECT t.organisation_code, t.unit_code, t.indicator_code, t.grain, t.period_start, t.period_end
    FROM target AS t
    WHERE t.batch_number = $batch_number
),

stated_value AS (
    SELECT
        m.organisation_code, m.unit_code, m.indicator_code, m.grain, m.period_start,
        MAX_BY(m.value, m.batch_number) AS now_value,
        MAX_BY(m.value, m.batch_number) FILTER (WHERE m.batch_number <> $batch_number) AS then_value
    FROM measurement AS m
    SEMI JOIN standing_batch AS b USING (batch_number)
    SEMI JOIN own AS o USING (organisation_code, unit_code, indicator_code, grain, period_start)
    GROUP BY m.organisation_code, m.unit_code, m.indicator_code, m.grain, m.period_start
),

stated_target AS (
    SELECT
        t.organisation_code, t.unit_code, t.indicator_code, t.grain, t.period_start,
        MAX_BY(STRUCT_PACK(low := t.target, high := t.target_high), t.batch_number) AS now_target,
        MAX_BY(STRUCT_PACK(low := t.target, high := t.target_high), t.batch_number) FILTER (
            WHERE t.batch_number <> $batch_number
        ) AS then_target
    FROM target AS t
    SEMI JOIN standing_batch AS b USING (batch_number)
    SEMI JOIN own AS o USING (organisation_code, unit_code, indicator_code, grain, period_start)
    GROUP BY t.organisation_code, t.unit_code, t.indicator_code, t.grain, t.period_start
)

SELECT
    o.unit_code, o.indicator_code, o.grain, o.period_start, o.period_end, v.now_value AS from_value,
    v.then_value AS to_value, t.now_target.low AS from_target, t.then_target.low AS to_target,
    t.now_target.high AS from_target_high, t.then_target.high AS to_target_high
FROM own AS o
LEFT JOIN stated_value AS v USING (organisation_code, unit_code, indicator_code, grain, period_start)
LEFT JOIN stated_target AS t USING (organisation_code, unit_code, indicator_code, grain, period_start)
WHERE v.now_value IS DISTINCT FROM v.then_value OR t.now_target IS DISTINCT FROM t.then_target
ORDER BY o.unit_code, o.indicator_code, o.period_end, o.grain
