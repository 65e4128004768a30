-- Grain: none. Opens the record beside the file in the making.
ATTACH '~/../../record.duckdb' AS record (READ_ONLY)
