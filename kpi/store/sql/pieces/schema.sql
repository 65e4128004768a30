-- Makes the tables of a snapshot as its first piece has them. Grain: each its own.
ATTACH '~/piece.duckdb' AS piece (READ_ONLY);

COPY FROM DATABASE piece TO snapshot (SCHEMA);

DETACH piece
