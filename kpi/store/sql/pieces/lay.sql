-- Adds all rows of a piece. Grain: each table its own; a piece has the organisation's rows of each, in the snapshot's order.
ATTACH '~/piece.duckdb' AS piece (READ_ONLY);

COPY FROM DATABASE piece TO snapshot (DATA);

DETACH piece
