-- One row: how many figures stand. Grain: the record.
SELECT (SELECT COUNT(*) FROM measurement) + (SELECT COUNT(*) FROM target) AS figures
