-- Takes away the carriers of other units, once what is expected of them is known. Grain: unit_id, indicator_id.
DELETE FROM carrier
WHERE unit_id NOT IN (SELECT r.unit_id FROM redone_unit AS r)
