-- One row: how many tables of the record there are (0 or 1: only the batches are looked for). Grain: the file.
SELECT COUNT(*) AS tables
FROM duckdb_tables() AS t
WHERE t.table_name = 'batch'
