-- Copies every batch, withdrawn ones marked. Grain: batch_number.
INSERT INTO snapshot.batch
SELECT
    b.batch_number, b.organisation_code, b.kind, b.recorded_at, b.made_by, b.reason, b.file_name, b.file_digest,
    b."rows", b.accepted, b.unchanged, b.rejected, b.held, b.withdraws, s.batch_number IS NULL AS is_withdrawn
FROM record.batch AS b
LEFT JOIN record.standing_batch AS s USING (batch_number)
ORDER BY b.batch_number
