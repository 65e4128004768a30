-- One row per value or target that stopped standing, with what stood before and after. Grain: unit, indicator, grain, period, batch, field.
-- It stops at the batch that corrects it or at the one that withdraws it. Before a batch stands the newest row of an
-- earlier batch that was not withdrawn before it; after it, the same with the batch itself.
INSERT INTO snapshot.restatement
WITH occasion AS (
    SELECT r.unit_id, r.indicator_id, r.months, r.start_month, r.batch_number AS at_batch, 0 AS is_withdrawal
    FROM restated AS r
    UNION
    SELECT r.unit_id, r.indicator_id, r.months, r.start_month, r.withdrawn_by AS at_batch, 1 AS is_withdrawal
    FROM restated AS r
    WHERE r.withdrawn_by IS NOT NULL
),

newest AS (
    SELECT
        o.unit_id, o.indicator_id, o.months, o.start_month, o.at_batch, o.is_withdrawal,
        MAX(CASE
            WHEN r.field = 'value' AND r.batch_number < o.at_batch
                AND COALESCE(r.withdrawn_by, o.at_batch) >= o.at_batch THEN r.batch_number
        END) AS value_before,
        MAX(CASE
            WHEN r.field = 'value' AND r.batch_number <= o.at_batch
                AND COALESCE(r.withdrawn_by, o.at_batch + 1) > o.at_batch THEN r.batch_number
        END) AS value_after,
        MAX(CASE
            WHEN r.field = 'target' AND r.batch_number < o.at_batch
                AND COALESCE(r.withdrawn_by, o.at_batch) >= o.at_batch THEN r.batch_number
        END) AS target_before,
        MAX(CASE
            WHEN r.field = 'target' AND r.batch_number <= o.at_batch
                AND COALESCE(r.withdrawn_by, o.at_batch + 1) > o.at_batch THEN r.batch_number
        END) AS target_after
    FROM occasion AS o
    INNER JOIN restated AS r USING (unit_id, indicator_id, months, start_month)
    GROUP BY o.unit_id, o.indicator_id, o.months, o.start_month, o.at_batch, o.is_withdrawal
),

change AS (
    SELECT
        n.unit_id, n.indicator_id, n.months, n.start_month, n.at_batch, n.is_withdrawal, n.value_before,
        n.target_before, vb.value AS from_value, va.value AS to_value, vb.numerator AS from_numerator,
        va.numerator AS to_numerator, vb.denominator AS from_denominator, va.denominator AS to_denominator,
        tb.target AS from_target, ta.target AS to_target, tb.target_high AS from_target_high,
        ta.target_high AS to_target_high
    FROM newest AS n
    LEFT JOIN restated AS vb
        ON n.unit_id = vb.unit_id AND n.indicator_id = vb.indicator_id AND n.months = vb.months
        AND n.start_month = vb.start_month AND n.value_before = vb.batch_number AND vb.field = 'value'
    LEFT JOIN restated AS va
        ON n.unit_id = va.unit_id AND n.indicator_id = va.indicator_id AND n.months = va.months
        AND n.start_month = va.start_month AND n.value_after = va.batch_number AND va.field = 'value'
    LEFT JOIN restated AS tb
        ON n.unit_id = tb.unit_id AND n.indicator_id = tb.indicator_id AND n.months = tb.months
        AND n.start_month = tb.start_month AND n.target_before = tb.batch_number AND tb.field = 'target'
    LEFT JOIN restated AS ta
        ON n.unit_id = ta.unit_id AND n.indicator_id = ta.indicator_id AND n.months = ta.months
        AND n.start_month = ta.start_month AND n.target_after = ta.batch_number AND ta.field = 'target'
)

SELECT
    u.organisation_code, u.unit_code, i.indicator_code, l.grain,
    MAKE_DATE(c.start_month // 12, c.start_month % 12 + 1, 1) AS period_start,
    LAST_DAY(MAKE_DATE((c.start_month + c.months - 1) // 12, (c.start_month + c.months - 1) % 12 + 1, 1)) AS period_end,
    f.field,
    CASE
        WHEN c.is_withdrawal = 1 THEN 'withdrawal' WHEN f.field = 'target' THEN 'target' ELSE 'correction'
    END AS kind,
    c.from_value, c.to_value, c.from_numerator, c.to_numerator, c.from_denominator, c.to_denominator, c.from_target,
    c.to_target, c.from_target_high, c.to_target_high, c.at_batch AS batch_number
FROM change AS c
INNER JOIN unit AS u USING (unit_id)
INNER JOIN indicator AS i USING (indicator_id)
INNER JOIN length AS l ON c.months = l.months
INNER JOIN (VALUES ('value'), ('target')) AS f (field)
    ON (
        f.field = 'value' AND c.value_before IS NOT NULL
        AND (
            c.from_value IS DISTINCT FROM c.to_value OR c.from_numerator IS DISTINCT FROM c.to_numerator
            OR c.from_denominator IS DISTINCT FROM c.to_denominator
        )
    )
    OR (
        f.field = 'target' AND c.target_before IS NOT NULL
        AND (
            c.from_target IS DISTINCT FROM c.to_target OR c.from_target_high IS DISTINCT FROM c.to_target_high
        )
    )
ORDER BY c.unit_id, c.indicator_id, c.months, c.start_month, c.at_batch, f.field
