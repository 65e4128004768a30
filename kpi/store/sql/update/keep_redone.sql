-- Leaves out what units state of series and years that are not made again. Grain: unit_id, indicator_id, months, start_month.
DELETE FROM own AS o
WHERE NOT EXISTS (
    SELECT 1
    FROM redone AS r
    WHERE r.unit_id = o.unit_id AND r.indicator_id = o.indicator_id AND r."year" = o."year"
)
