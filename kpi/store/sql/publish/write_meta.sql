-- One row: which state of the record this snapshot shows. Grain: the snapshot.
INSERT INTO snapshot.meta (version, record_version, published_at, today, as_known_at)
VALUES ($version, $record_version, $published_at, $today, $as_known_at)
