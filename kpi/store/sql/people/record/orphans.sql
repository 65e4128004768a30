-- One row per employee, or indicator of an employee, that something in force needs and no batch in force defines.
-- Grain: employee_code, indicator_code.
WITH needed AS (
    SELECT t.organisation_code, t.employee_code, '' AS indicator_code, t.batch_number FROM iki AS t
    UNION ALL
    SELECT t.organisation_code, t.employee_code, '' AS indicator_code, t.batch_number FROM appraisal AS t
    UNION ALL
    SELECT t.organisation_code, t.superior_code, '' AS indicator_code, t.batch_number FROM appraisal AS t
    UNION ALL
    SELECT t.organisation_code, t.superior_code, '' AS indicator_code, t.batch_number FROM employee AS t
    WHERE t.superior_code IS NOT NULL
    UNION ALL
    SELECT t.organisation_code, t.employee_code, '' AS indicator_code, t.batch_number FROM follow_up AS t
    UNION ALL
    SELECT t.organisation_code, t.owner_code, '' AS indicator_code, t.batch_number FROM follow_up AS t
    UNION ALL
    SELECT t.organisation_code, t.employee_code, '' AS indicator_code, t.batch_number FROM feedback_note AS t
    UNION ALL
    SELECT t.organisation_code, t.employee_code, t.indicator_code, t.batch_number FROM iki_measurement AS t
    UNION ALL
    SELECT t.organisation_code, t.employee_code, t.indicator_code, t.batch_number FROM iki_target AS t
),

defined AS (
    SELECT t.organisation_code, t.employee_code, '' AS indicator_code, t.batch_number FROM employee AS t
    UNION ALL
    SELECT t.organisation_code, t.employee_code, t.indicator_code, t.batch_number FROM iki AS t
),

standing AS (
    SELECT d.organisation_code, d.employee_code, d.indicator_code
    FROM defined AS d
    INNER JOIN standing_batch AS b USING (batch_number)
)

SELECT DISTINCT n.employee_code, n.indicator_code
FROM needed AS n
SEMI JOIN standing_batch AS b USING (batch_number)
ANTI JOIN standing AS s USING (organisation_code, employee_code, indicator_code)
ORDER BY n.employee_code, n.indicator_code
