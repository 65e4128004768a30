-- Says what the snapshot shows. Grain: one row.
INSERT INTO snapshot.meta VALUES ($version, $record_version, $published_at, $today, NULL)
