-- One row: the newest batch of the people's record. Grain: the record.
SELECT COALESCE(MAX(b.batch_number), 0) AS record_version
FROM record.batch AS b
