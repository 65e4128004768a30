-- Follow-ups of the persons in post today, by their unit. Grain: unit_code, state, is_overdue.
SELECT
    e.unit_code, f.state, f.state NOT IN ('done', 'dropped') AND f.due_on < m.today AS is_overdue, COUNT(*) AS "count"
FROM follow_up AS f
CROSS JOIN meta AS m
INNER JOIN employee AS e
    ON f.organisation_code = e.organisation_code AND f.employee_code = e.employee_code AND e.is_newest
    AND e.valid_from <= m.today AND COALESCE(e.valid_to, DATE '9999-12-31') >= m.today
WHERE f.organisation_code = $organisation_code AND f.is_newest
GROUP BY e.unit_code, f.state, is_overdue
ORDER BY e.unit_code, f.state, is_overdue
