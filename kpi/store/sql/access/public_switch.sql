-- One row: the newest switch, none where it never was set. Grain: the record.
SELECT s.is_open
FROM public_switch AS s
ORDER BY s.batch_number DESC
LIMIT 1
