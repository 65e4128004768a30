-- Grain: none. Opens the people's record beside the new file; ~ is the private folder the snapshot is made in.
ATTACH '~/../../people.duckdb' AS record (READ_ONLY)
