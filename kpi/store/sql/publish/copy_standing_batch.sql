-- One row per batch that stood at the cut: added before it, and not withdrawn before it. Grain: batch_number.
CREATE TABLE standing_batch AS
SELECT b.batch_number
FROM record.batch AS b
WHERE ($known_before IS NULL OR b.recorded_at < $known_before)
    AND NOT EXISTS (
        SELECT 1
        FROM record.batch AS w
        WHERE w.withdraws = b.batch_number AND ($known_before IS NULL OR w.recorded_at < $known_before)
    )
