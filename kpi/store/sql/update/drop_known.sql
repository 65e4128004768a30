-- Takes away the figures that aren't made again, once those above are made of them. Grain: unit_id, indicator_id, months, start_month.
DELETE FROM fact
WHERE unit_id NOT IN (SELECT r.unit_id FROM redone_unit AS r)
