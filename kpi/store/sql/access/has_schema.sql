-- One row: whether the file holds an access record, and whether this program's (its newest table). Grain: the file.
SELECT
    COUNT(*) FILTER (t.table_name = 'batch') > 0 AS is_record,
    COUNT(*) FILTER (t.table_name = 'log_entry') > 0 AS is_current
FROM duckdb_tables() AS t
