-- One row: how many rows an append would write to each table, and how many lines say nothing new. Grain: the file.
SELECT
    COUNT(*) FILTER (c.measurement_state <> 'unchanged') AS measurements,
    COUNT(*) FILTER (c.target_state <> 'unchanged') AS targets,
    COUNT(DISTINCT (c.unit_code, c.indicator_code, c."year")) FILTER (c.weight_state <> 'unchanged') AS agreements,
    COUNT(*) FILTER (
        COALESCE(c.measurement_state, 'unchanged') = 'unchanged' AND COALESCE(c.target_state, 'unchanged') = 'unchanged'
        AND COALESCE(c.weight_state, 'unchanged') = 'unchanged'
    ) AS unchanged
FROM compared AS c
