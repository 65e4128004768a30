-- One row per figure of a level and grain that isn't made again: what is expected of it is asked anew. Grain: unit_id, indicator_id, start_month.
CREATE OR REPLACE TEMP TABLE candidate AS
SELECT k.unit_id, k.indicator_id, k.start_month, k."year"
FROM known_fact AS k
WHERE k."level" = $level AND k.months = $months AND k."year" BETWEEN $first_year AND $last_year
