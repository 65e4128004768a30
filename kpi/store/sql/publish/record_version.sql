-- One row: the newest batch up to the cut. Grain: the record.
SELECT COALESCE(MAX(b.batch_number), 0) AS record_version
FROM batch AS b
