-- One row per rule between record and snapshot and how many cases break it. Grain: rule.
WITH shown AS (
    SELECT
        'value' AS kind, r.organisation_code, r.unit_code, r.indicator_code, r.grain, r.period_start,
        r.value AS figure, r.batch_number
    FROM reported AS r
    WHERE r.value IS NOT NULL
    UNION ALL
    SELECT
        'target' AS kind, r.organisation_code, r.unit_code, r.indicator_code, r.grain, r.period_start,
        r.target AS figure, r.target_batch_number AS batch_number
    FROM reported AS r
    WHERE r.target IS NOT NULL
),

differing AS (
    SELECT COALESCE(s.unit_code, n.unit_code) AS unit_code
    FROM shown AS s
    FULL JOIN newest AS n USING (kind, organisation_code, unit_code, indicator_code, grain, period_start)
    WHERE s.figure IS DISTINCT FROM n.figure OR s.batch_number IS DISTINCT FROM n.batch_number
)

SELECT 'both: the snapshot shows each figure as the record has it newest, with its batch' AS rule, COUNT(*) AS cases
FROM differing
UNION ALL
SELECT 'both: the snapshot shows no later batch than the record has' AS rule, COUNT(*) AS cases
FROM meta AS m
WHERE m.record_version > $last_batch
