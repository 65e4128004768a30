-- One row per batch that the last snapshot doesn't show yet, and per batch that one of these withdraws. Grain: batch_number.
CREATE TABLE changed_batch AS
SELECT b.batch_number, b.kind, b.measurements, b.targets, b.agreements, b.definitions
FROM record.batch AS b
WHERE b.batch_number > $since
    OR b.batch_number IN (SELECT w.withdraws FROM record.batch AS w WHERE w.batch_number > $since)
