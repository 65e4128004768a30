-- One row per rule of the people's record and how many cases break it. Grain: rule.
WITH written AS (
    SELECT t.batch_number, t.organisation_code FROM employee AS t
    UNION ALL
    SELECT t.batch_number, t.organisation_code FROM iki AS t
    UNION ALL
    SELECT t.batch_number, t.organisation_code FROM appraisal AS t
    UNION ALL
    SELECT t.batch_number, t.organisation_code FROM unit_predicate AS t
    UNION ALL
    SELECT t.batch_number, t.organisation_code FROM follow_up AS t
    UNION ALL
    SELECT t.batch_number, t.organisation_code FROM feedback_note AS t
    UNION ALL
    SELECT t.batch_number, t.organisation_code FROM iki_measurement AS t
    UNION ALL
    SELECT t.batch_number, t.organisation_code FROM iki_target AS t
),

counted AS (
    SELECT w.batch_number, COUNT(*) AS "rows"
    FROM written AS w
    GROUP BY w.batch_number
),

miscounted AS (
    SELECT COALESCE(b.batch_number, c.batch_number) AS batch_number
    FROM batch AS b
    FULL JOIN counted AS c USING (batch_number)
    WHERE b.batch_number IS NULL OR COALESCE(c."rows", 0) NOT BETWEEN b.accepted AND 2 * b.accepted -- value, target
),

disordered AS (
    SELECT b.batch_number
    FROM (
        SELECT
            b.batch_number, b.recorded_at, b.withdraws,
            LAG(b.recorded_at) OVER (ORDER BY b.batch_number) AS before,
            LAG(b.batch_number) OVER (ORDER BY b.batch_number) AS number_before
        FROM batch AS b
    ) AS b
    WHERE b.recorded_at < b.before OR b.batch_number <> COALESCE(b.number_before, 0) + 1
        OR (b.withdraws IS NOT NULL AND NOT EXISTS (SELECT 1 FROM batch AS w WHERE w.batch_number = b.withdraws))
),

foreign_rows AS (
    SELECT w.batch_number
    FROM written AS w
    INNER JOIN batch AS b USING (batch_number)
    WHERE w.organisation_code <> b.organisation_code
),

named AS (
    SELECT i.organisation_code, i.employee_code, i.batch_number FROM iki AS i
    UNION ALL
    SELECT a.organisation_code, a.employee_code, a.batch_number FROM appraisal AS a
    UNION ALL
    SELECT a.organisation_code, a.superior_code, a.batch_number FROM appraisal AS a
    UNION ALL
    SELECT f.organisation_code, f.employee_code, f.batch_number FROM follow_up AS f
    UNION ALL
    SELECT f.organisation_code, f.owner_code, f.batch_number FROM follow_up AS f
    UNION ALL
    SELECT n.organisation_code, n.employee_code, n.batch_number FROM feedback_note AS n
    UNION ALL
    SELECT e.organisation_code, e.superior_code, e.batch_number FROM employee AS e WHERE e.superior_code IS NOT NULL
),

known AS (
    SELECT DISTINCT e.organisation_code, e.employee_code
    FROM employee AS e
    SEMI JOIN standing_batch AS s USING (batch_number)
),

stranger AS (
    SELECT n.employee_code
    FROM named AS n
    SEMI JOIN standing_batch AS s USING (batch_number)
    ANTI JOIN known AS k USING (organisation_code, employee_code)
),

stated AS (
    SELECT m.organisation_code, m.employee_code, m.indicator_code, m.batch_number FROM iki_measurement AS m
    UNION ALL
    SELECT t.organisation_code, t.employee_code, t.indicator_code, t.batch_number FROM iki_target AS t
),

orphan AS (
    SELECT f.employee_code
    FROM stated AS f
    SEMI JOIN standing_batch AS s USING (batch_number)
    ANTI JOIN (FROM iki SEMI JOIN standing_batch USING (batch_number)) AS i
        USING (organisation_code, employee_code, indicator_code)
)

SELECT 'people: every batch has the rows that it counted' AS rule, COUNT(*) AS cases FROM miscounted
UNION ALL SELECT 'people: batches follow each other in number and time' AS rule, COUNT(*) AS cases FROM disordered
UNION ALL SELECT 'people: rows belong to the organisation of their batch' AS rule, COUNT(*) AS cases FROM foreign_rows
UNION ALL SELECT 'people: whoever is named is an employee' AS rule, COUNT(*) AS cases FROM stranger
UNION ALL SELECT 'people: every figure has its individual indicator' AS rule, COUNT(*) AS cases FROM orphan
