-- One row per batch up to the cut, withdrawn ones marked. Grain: batch_number.
CREATE TABLE batch AS
SELECT
    b.batch_number, b.organisation_code, b.kind, b.recorded_at, b.made_by, b.reason, b.file_name, b.file_digest,
    b."rows", b.accepted, b.unchanged, b.rejected, b.held, b.withdraws, s.batch_number IS NULL AS is_withdrawn
FROM record.batch AS b
LEFT JOIN standing_batch AS s USING (batch_number)
WHERE $known_before IS NULL OR b.recorded_at < $known_before
