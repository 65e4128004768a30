-- One row: how deep the deepest unit lies below its root. Grain: the record.
SELECT COALESCE(MAX(u."level"), 0) AS "level"
FROM unit AS u
