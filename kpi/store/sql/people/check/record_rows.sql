-- One row per thing or figure in force when the snapshot was made, with a digest. Grain: kind, its key, batch_number.
WITH standing AS (
    SELECT b.batch_number
    FROM batch AS b
    WHERE b.batch_number <= $record_version
        AND NOT EXISTS (
            SELECT 1 FROM batch AS w WHERE w.withdraws = b.batch_number AND w.batch_number <= $record_version
        )
),

thing AS (
    SELECT t.batch_number, 'employee' AS kind, HASH(t) AS content
    FROM employee AS t
    UNION ALL
    SELECT t.batch_number, 'iki' AS kind, HASH(t) AS content
    FROM iki AS t
    UNION ALL
    SELECT t.batch_number, 'appraisal' AS kind, HASH(t) AS content
    FROM appraisal AS t
    UNION ALL
    SELECT t.batch_number, 'unit_predicate' AS kind, HASH(t) AS content
    FROM unit_predicate AS t
    UNION ALL
    SELECT t.batch_number, 'follow_up' AS kind, HASH(t) AS content
    FROM follow_up AS t
    UNION ALL
    SELECT t.batch_number, 'feedback_note' AS kind, HASH(t) AS content
    FROM feedback_note AS t
),

figure AS (
    SELECT
        'value' AS kind, m.organisation_code, m.employee_code, m.indicator_code, m.grain, m.period_start,
        m.value AS figure, m.batch_number
    FROM iki_measurement AS m
    SEMI JOIN standing AS s USING (batch_number)
    UNION ALL
    SELECT
        'target' AS kind, t.organisation_code, t.employee_code, t.indicator_code, t.grain, t.period_start,
        t.target AS figure, t.batch_number
    FROM iki_target AS t
    SEMI JOIN standing AS s USING (batch_number)
),

aged AS (
    SELECT
        f.kind, f.batch_number,
        HASH(f.organisation_code, f.employee_code, f.indicator_code, f.grain, f.period_start, f.figure) AS content,
        ROW_NUMBER() OVER (
            PARTITION BY f.kind, f.organisation_code, f.employee_code, f.indicator_code, f.grain, f.period_start
            ORDER BY f.batch_number DESC
        ) AS age
    FROM figure AS f
)

SELECT t.kind, t.batch_number, t.content
FROM thing AS t
SEMI JOIN standing AS s USING (batch_number)
UNION ALL
SELECT a.kind, a.batch_number, a.content
FROM aged AS a
WHERE a.age = 1
ORDER BY kind, batch_number, content
