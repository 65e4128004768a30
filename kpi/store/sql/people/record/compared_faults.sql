-- One row per incoming line that the people's record can't take, with the reason. Grain: line, fault.
SELECT c.line, c.employee_code, c.indicator_code, 'the employee has no such indicator' AS fault
FROM compared AS c
WHERE NOT c.is_defined
UNION ALL
SELECT c.line, c.employee_code, c.indicator_code, 'it states neither value nor target' AS fault
FROM compared AS c
WHERE c.value IS NULL AND c.target IS NULL
UNION ALL
SELECT MAX(c.line) AS line, c.employee_code, c.indicator_code, 'its period stands on an earlier line' AS fault
FROM compared AS c
GROUP BY c.employee_code, c.indicator_code, c.grain, c.period_start
HAVING COUNT(*) > 1
ORDER BY line, fault
