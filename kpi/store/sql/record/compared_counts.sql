-- One row: how many rows an append would write to each table, and how many lines are what. Grain: the file.
SELECT
    COUNT(*) FILTER (c.measurement_state <> 'unchanged') AS measurements,
    COUNT(*) FILTER (c.target_state <> 'unchanged') AS targets,
    COUNT(DISTINCT (c.unit_code, c.indicator_code, c."year")) FILTER (c.weight_state <> 'unchanged') AS agreements,
    COUNT(*) FILTER (c.state = 'new') AS new,
    COUNT(*) FILTER (c.state = 'changed') AS changed,
    COUNT(*) FILTER (c.state = 'unchanged') AS unchanged,
    COUNT(*) FILTER (c.state <> 'unchanged' AND c.is_locked) AS locked,
    COUNT(*) FILTER (c.is_published) AS published
FROM compared_line AS c
