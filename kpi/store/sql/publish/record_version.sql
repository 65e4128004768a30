-- One row: the newest batch of the record up to the cut. Grain: the record.
SELECT COALESCE(MAX(b.batch_number), 0) AS record_version
FROM record.batch AS b
WHERE $known_before IS NULL OR b.recorded_at < $known_before
