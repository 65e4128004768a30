-- One row: which state of the people's record this shows. Grain: the snapshot.
SELECT m.version, m.record_version, m.published_at, m.today, m.as_known_at
FROM meta AS m
