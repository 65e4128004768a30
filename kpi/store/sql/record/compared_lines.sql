-- One row per incoming line: new, changed or unchanged, with what was known. Grain: line.
-- A correction of a known part makes the line changed; something that stood nowhere makes it new.
SELECT
    c.line, c.known_value, c.known_target, c.known_target_high, c.known_weight,
    CASE
        WHEN 'changed' IN (c.measurement_state, c.target_state, c.weight_state) THEN 'changed'
        WHEN 'new' IN (c.measurement_state, c.target_state, c.weight_state) THEN 'new'
        ELSE 'unchanged'
    END AS state
FROM compared AS c
ORDER BY c.line
