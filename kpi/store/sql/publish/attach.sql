-- Opens the working tables and the record beside the snapshot that is being made; ~ is the folder it is made in.
ATTACH '~/work.duckdb' AS work;
ATTACH '~/../../record.duckdb' AS record (READ_ONLY);
USE work
