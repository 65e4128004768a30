-- One row per thing that was entered, or whose entry was withdrawn, after a batch. Grain: kind, key, batch_number.
WITH later AS (
    SELECT b.batch_number
    FROM batch AS b
    WHERE b.organisation_code = $organisation_code
        AND (
            b.batch_number > $batch_number
            OR EXISTS (SELECT 1 FROM batch AS w WHERE w.withdraws = b.batch_number AND w.batch_number > $batch_number)
        )
),

thing AS (
    SELECT
        'employee' AS kind, e.employee_code AS first, CAST(e.valid_from AS VARCHAR) AS second, '' AS third,
        e.batch_number
    FROM employee AS e
    UNION ALL
    SELECT 'iki', i.employee_code, i.indicator_code, '', i.batch_number FROM iki AS i
    UNION ALL
    SELECT 'appraisal', a.employee_code, a.kind, CAST(a.period_end AS VARCHAR), a.batch_number FROM appraisal AS a
    UNION ALL
    SELECT 'unit_predicate', u.unit_code, u.kind, CAST(u.period_end AS VARCHAR), u.batch_number
    FROM unit_predicate AS u
    UNION ALL
    SELECT 'follow_up', f.follow_up_code, '', '', f.batch_number FROM follow_up AS f
    UNION ALL
    SELECT 'feedback_note', n.note_code, '', '', n.batch_number FROM feedback_note AS n
)

SELECT t.kind, t.first, t.second, t.third, t.batch_number
FROM thing AS t
SEMI JOIN later AS l USING (batch_number)
ORDER BY t.kind, t.first, t.second, t.third, t.batch_number
