"""The only room that knows DuckDB: the append-only record, publishing, and the read-only snapshots."""
