-- One row per batch of the organisation, newest first. Grain: batch_number.
SELECT
    b.batch_number, b.kind, b.recorded_at, b.made_by, b.reason, b.file_name, b.file_digest, b."rows", b.accepted,
    b.unchanged, b.rejected, b.held, b.withdraws, b.is_withdrawn
FROM batch AS b
WHERE b.organisation_code = $organisation_code
ORDER BY b.batch_number DESC
