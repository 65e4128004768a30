-- Grain: none. Opens the working tables, which spill into the folder the snapshot is made in (~), and the record beside it.
ATTACH ':memory:' AS work (COMPRESS);
ATTACH '~/../../record.duckdb' AS record (READ_ONLY);
USE work
