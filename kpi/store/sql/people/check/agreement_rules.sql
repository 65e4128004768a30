-- One row per rule between the people's record and private snapshot and how many cases break it. Grain: rule.
-- A digest takes in every column of the record's table, so that none can differ unseen.
WITH shown AS (
    SELECT 'employee' AS kind, t.batch_number, HASH(t) AS content
    FROM (SELECT * EXCLUDE (recorded_at, made_by, is_newest) FROM employee) AS t
    UNION ALL
    SELECT 'iki' AS kind, t.batch_number, HASH(t) AS content
    FROM (SELECT * EXCLUDE (recorded_at, made_by, is_newest) FROM iki) AS t
    UNION ALL
    SELECT 'appraisal' AS kind, t.batch_number, HASH(t) AS content
    FROM (SELECT * EXCLUDE (recorded_at, made_by, is_newest) FROM appraisal) AS t
    UNION ALL
    SELECT 'unit_predicate' AS kind, t.batch_number, HASH(t) AS content
    FROM (SELECT * EXCLUDE (recorded_at, made_by, is_newest) FROM unit_predicate) AS t
    UNION ALL
    SELECT 'follow_up' AS kind, t.batch_number, HASH(t) AS content
    FROM (SELECT * EXCLUDE (recorded_at, made_by, is_newest) FROM follow_up) AS t
    UNION ALL
    SELECT 'feedback_note' AS kind, t.batch_number, HASH(t) AS content
    FROM (SELECT * EXCLUDE (recorded_at, made_by, is_newest) FROM feedback_note) AS t
    UNION ALL
    SELECT
        'value' AS kind, f.batch_number,
        HASH(f.organisation_code, f.employee_code, f.indicator_code, f.grain, f.period_start, f.value) AS content
    FROM iki_fact AS f
    WHERE f.value IS NOT NULL
    UNION ALL
    SELECT
        'target' AS kind, f.target_batch_number AS batch_number,
        HASH(f.organisation_code, f.employee_code, f.indicator_code, f.grain, f.period_start, f.target) AS content
    FROM iki_fact AS f
    WHERE f.target IS NOT NULL
),

differing AS (
    (
        SELECT s.kind, s.batch_number, s.content FROM shown AS s
        EXCEPT ALL
        SELECT r.kind, r.batch_number, r.content FROM recorded AS r
    )
    UNION ALL
    (
        SELECT r.kind, r.batch_number, r.content FROM recorded AS r
        EXCEPT ALL
        SELECT s.kind, s.batch_number, s.content FROM shown AS s
    )
)

SELECT 'people, both: the snapshot shows what the record has, with its batch' AS rule, COUNT(*) AS cases
FROM differing
UNION ALL
SELECT 'people, both: the snapshot shows no later batch than the record has' AS rule, COUNT(*) AS cases
FROM meta AS m
WHERE m.record_version > $last_batch
