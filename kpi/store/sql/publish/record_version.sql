-- One row: the newest batch up to the cut, and how many figures stand. Grain: the record.
SELECT
    COALESCE(MAX(b.batch_number), 0) AS record_version,
    (SELECT COUNT(*) FROM measurement) + (SELECT COUNT(*) FROM target) AS figures
FROM batch AS b
