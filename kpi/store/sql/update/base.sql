-- One row: what a snapshot says of itself. Grain: the snapshot.
SELECT m.version, m.record_version, m.published_at, m.today, m.as_known_at, m.made_with
FROM meta AS m
