-- One row: how many lines are new, corrections, or known already. Grain: the file.
WITH line AS (
    SELECT
        CASE
            WHEN 'changed' IN (c.measurement_state, c.target_state) THEN 'changed'
            WHEN 'new' IN (c.measurement_state, c.target_state) THEN 'new'
            ELSE 'unchanged'
        END AS state
    FROM compared AS c
)

SELECT
    COUNT(*) FILTER (n.state = 'new') AS new,
    COUNT(*) FILTER (n.state = 'changed') AS changed,
    COUNT(*) FILTER (n.state = 'unchanged') AS unchanged
FROM line AS n
