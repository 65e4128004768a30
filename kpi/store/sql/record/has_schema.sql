-- One row: whether the file holds a record (batches), and whether this program's (its newest table). Grain: the file.
SELECT
    COUNT(*) FILTER (t.table_name = 'batch') > 0 AS is_record,
    COUNT(*) FILTER (t.table_name = 'commentary') > 0 AS is_current
FROM duckdb_tables() AS t
