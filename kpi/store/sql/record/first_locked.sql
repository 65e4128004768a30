-- One row: the first incoming line that would change what is locked. Grain: line.
SELECT c.line, c.unit_code, c.indicator_code, c.period_start, c.period_end
FROM compared_line AS c
WHERE c.is_locked AND c.state <> 'unchanged'
ORDER BY c.line
LIMIT 1
