-- One row: which state of the record this snapshot shows, and which program made it. Grain: the snapshot.
INSERT INTO snapshot.meta (version, record_version, published_at, today, as_known_at, made_with)
VALUES ($version, $record_version, $published_at, $today, $as_known_at, $made_with)
