-- One row per rule that a private snapshot must keep before it is published, and how many cases break it. Grain: rule.
WITH overlapping AS (
    SELECT e.employee_code
    FROM employee AS e
    INNER JOIN employee AS o USING (organisation_code, employee_code)
    WHERE e.is_newest AND o.is_newest AND e.valid_from < o.valid_from
        AND COALESCE(e.valid_to, DATE '9999-12-31') >= o.valid_from
),

orphan AS (
    SELECT f.employee_code
    FROM iki_fact AS f
    ANTI JOIN (FROM iki WHERE is_newest) AS i USING (organisation_code, employee_code, indicator_code)
)

SELECT 'one row says what it shows' AS rule, ABS(COUNT(*) - 1) AS cases FROM meta
UNION ALL
SELECT 'an employee has one post at a time' AS rule, COUNT(*) AS cases FROM overlapping
UNION ALL
SELECT 'every figure of an individual indicator has its definition' AS rule, COUNT(*) AS cases FROM orphan
