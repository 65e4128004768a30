-- One row per incoming line: what it is as a whole. Grain: line.
-- A correction of a known part makes the line changed; something that stood nowhere makes it new. A locked period takes
-- nothing new; a locked figure alone may still get a target or a weight that it lacked.
CREATE OR REPLACE TEMP VIEW compared_line AS
SELECT
    c.line, c.unit_code, c.indicator_code, c.grain, c.period_start, c.period_end, c."year", c.value, c.target, c.target_high,
    c.weight, c.measurement_state, c.target_state, c.weight_state, c.known_value, c.known_target, c.known_target_high,
    c.known_weight, c.known_batch_number, c.known_target_batch_number,
    (COALESCE(c.measurement_state = 'changed', FALSE) AND c.is_value_published)
    OR (COALESCE(c.target_state = 'changed', FALSE) AND c.is_target_published)
    OR (COALESCE(c.weight_state = 'changed', FALSE) AND c.is_weight_published) AS is_published,
    CASE
        WHEN 'changed' IN (c.measurement_state, c.target_state, c.weight_state) THEN 'changed'
        WHEN 'new' IN (c.measurement_state, c.target_state, c.weight_state) THEN 'new'
        ELSE 'unchanged'
    END AS state,
    c.is_period_locked OR (
        c.is_value_locked
        AND (
            COALESCE('changed' IN (c.measurement_state, c.target_state), FALSE)
            OR COALESCE('new' NOT IN (c.measurement_state, c.target_state, c.weight_state), TRUE)
        )
    ) AS is_locked
FROM compared AS c
