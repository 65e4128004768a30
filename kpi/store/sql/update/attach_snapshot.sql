-- Grain: none. Opens the copy of the last snapshot, which lies in the folder the new one is made in (~).
ATTACH '~/snapshot.duckdb' AS snapshot
