-- One row per follow-up as it stands, with the day it was first entered. Grain: follow_up_code.
WITH opened AS (
    SELECT f.follow_up_code, MIN(f.recorded_at) AS opened_at
    FROM follow_up AS f
    WHERE f.organisation_code = $organisation_code
    GROUP BY f.follow_up_code
)

SELECT
    f.follow_up_code, f.employee_code, f.kind, f.owner_code, f.due_on, f.state, f.text, f.reason, f.outcome,
    f.state IN ('done', 'dropped') AS is_closed,
    f.state NOT IN ('done', 'dropped') AND f.due_on < m.today AS is_overdue,
    o.opened_at, f.recorded_at, f.made_by, f.batch_number
FROM follow_up AS f
INNER JOIN opened AS o USING (follow_up_code)
CROSS JOIN meta AS m
WHERE f.organisation_code = $organisation_code AND f.is_newest
    AND ($employee_codes IS NULL OR LIST_CONTAINS($employee_codes, f.employee_code))
ORDER BY f.due_on, f.follow_up_code
