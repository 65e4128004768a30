-- One row per rule of the record and how many cases break it. Grain: rule.
WITH twice_measured AS (
    SELECT m.unit_code
    FROM measurement AS m
    GROUP BY m.organisation_code, m.unit_code, m.indicator_code, m.grain, m.period_start, m.batch_number
    HAVING COUNT(*) > 1
),

twice_targeted AS (
    SELECT t.unit_code
    FROM target AS t
    GROUP BY t.organisation_code, t.unit_code, t.indicator_code, t.grain, t.period_start, t.batch_number
    HAVING COUNT(*) > 1
),

unmarked AS (
    SELECT m.unit_code
    FROM measurement AS m
    SEMI JOIN standing_batch AS b USING (batch_number)
    GROUP BY m.organisation_code, m.unit_code, m.indicator_code, m.grain, m.period_start
    HAVING COUNT(*) > 1 AND NOT BOOL_OR(m.corrects)
    UNION ALL
    SELECT t.unit_code
    FROM target AS t
    SEMI JOIN standing_batch AS b USING (batch_number)
    GROUP BY t.organisation_code, t.unit_code, t.indicator_code, t.grain, t.period_start
    HAVING COUNT(*) > 1 AND NOT BOOL_OR(t.corrects)
),

written AS (
    SELECT m.batch_number, COUNT(*) AS measurements, 0 AS targets, 0 AS agreements, 0 AS definitions
    FROM measurement AS m
    GROUP BY m.batch_number
    UNION ALL
    SELECT t.batch_number, 0, COUNT(*), 0, 0 FROM target AS t GROUP BY t.batch_number
    UNION ALL
    SELECT a.batch_number, 0, 0, COUNT(*), 0 FROM agreement AS a GROUP BY a.batch_number
    UNION ALL
    SELECT d.batch_number, 0, 0, 0, COUNT(*)
    FROM (
        SELECT o.batch_number FROM organisation AS o
        UNION ALL
        SELECT u.batch_number FROM unit AS u
        UNION ALL
        SELECT i.batch_number FROM indicator AS i
    ) AS d
    GROUP BY d.batch_number
),

counted AS (
    SELECT
        w.batch_number, SUM(w.measurements) AS measurements, SUM(w.targets) AS targets, SUM(w.agreements) AS agreements,
        SUM(w.definitions) AS definitions
    FROM written AS w
    GROUP BY w.batch_number
),

miscounted AS (
    SELECT COALESCE(b.batch_number, c.batch_number) AS batch_number
    FROM batch AS b
    FULL JOIN counted AS c USING (batch_number)
    WHERE b.batch_number IS NULL
        OR b.measurements <> COALESCE(c.measurements, 0) OR b.targets <> COALESCE(c.targets, 0)
        OR b.agreements <> COALESCE(c.agreements, 0) OR b.definitions <> COALESCE(c.definitions, 0)
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
    SELECT m.batch_number
    FROM measurement AS m
    INNER JOIN batch AS b USING (batch_number)
    WHERE m.organisation_code <> b.organisation_code
    UNION ALL
    SELECT t.batch_number
    FROM target AS t
    INNER JOIN batch AS b USING (batch_number)
    WHERE t.organisation_code <> b.organisation_code
    UNION ALL
    SELECT c.batch_number
    FROM commentary AS c
    INNER JOIN batch AS b USING (batch_number)
    WHERE c.organisation_code <> b.organisation_code
),

known_unit AS (
    SELECT DISTINCT u.organisation_code, u.unit_code
    FROM unit AS u
    SEMI JOIN standing_batch AS b USING (batch_number)
),

known_indicator AS (
    SELECT DISTINCT i.organisation_code, i.indicator_code
    FROM indicator AS i
    SEMI JOIN standing_batch AS b USING (batch_number)
),

stated AS (
    SELECT DISTINCT m.organisation_code, m.unit_code, m.indicator_code, m.batch_number FROM measurement AS m
    UNION
    SELECT DISTINCT t.organisation_code, t.unit_code, t.indicator_code, t.batch_number FROM target AS t
    UNION
    SELECT DISTINCT a.organisation_code, a.unit_code, a.indicator_code, a.batch_number FROM agreement AS a
    UNION
    SELECT DISTINCT c.organisation_code, c.unit_code, c.indicator_code, c.batch_number FROM commentary AS c
),

orphan AS (
    SELECT s.unit_code
    FROM stated AS s
    SEMI JOIN standing_batch AS b USING (batch_number)
    LEFT JOIN known_unit AS u ON s.organisation_code = u.organisation_code AND s.unit_code = u.unit_code
    LEFT JOIN known_indicator AS i
        ON s.organisation_code = i.organisation_code AND s.indicator_code = i.indicator_code
    WHERE u.unit_code IS NULL OR i.indicator_code IS NULL
),

stray AS (
    SELECT u.unit_code
    FROM unit AS u
    SEMI JOIN standing_batch AS b USING (batch_number)
    LEFT JOIN known_unit AS p ON u.organisation_code = p.organisation_code AND u.parent_code = p.unit_code
    WHERE u.parent_code IS NOT NULL AND p.unit_code IS NULL
),

misplaced AS (
    SELECT p.line
    FROM place AS p
    LEFT JOIN batch AS b USING (batch_number)
    WHERE b.batch_number IS NULL
    UNION ALL
    SELECT ANY_VALUE(p.line) AS line
    FROM place AS p
    GROUP BY p.batch_number, p.line, p.field
    HAVING COUNT(*) > 1
)

SELECT 'record: a batch holds a value once' AS rule, COUNT(*) AS cases FROM twice_measured
UNION ALL SELECT 'record: a batch holds a target once' AS rule, COUNT(*) AS cases FROM twice_targeted
UNION ALL SELECT 'record: every correction is marked as one' AS rule, COUNT(*) AS cases FROM unmarked
UNION ALL SELECT 'record: every batch has the rows that it counted' AS rule, COUNT(*) AS cases FROM miscounted
UNION ALL SELECT 'record: batches follow each other in number and time' AS rule, COUNT(*) AS cases FROM disordered
UNION ALL SELECT 'record: rows belong to the organisation of their batch' AS rule, COUNT(*) AS cases FROM foreign_rows
UNION ALL SELECT 'record: every figure and comment has its unit and indicator' AS rule, COUNT(*) AS cases FROM orphan
UNION ALL SELECT 'record: every unit has its parent' AS rule, COUNT(*) AS cases FROM stray
UNION ALL SELECT 'record: a field of a line lies in one cell of a batch' AS rule, COUNT(*) AS cases FROM misplaced
