-- One row: the last batch's number and time; 0 and null in an empty record. Grain: the record.
SELECT COALESCE(MAX(b.batch_number), 0) AS batch_number, MAX(b.recorded_at) AS recorded_at
FROM batch AS b
