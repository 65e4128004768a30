-- One row per batch, oldest first. Grain: batch_number.
SELECT
    b.batch_number, b.organisation_code, b.kind, b.recorded_at, b.made_by, b.reason, b.file_name, b.file_digest,
    b."rows", b.accepted, b.unchanged, b.rejected, b.held, b.withdraws
FROM batch AS b
WHERE $organisation_code IS NULL OR b.organisation_code = $organisation_code
ORDER BY b.batch_number
