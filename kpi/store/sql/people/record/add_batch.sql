-- Adds one batch. Grain: batch_number.
INSERT INTO batch (
    batch_number, organisation_code, kind, recorded_at, made_by, reason, file_name, file_digest, "rows", accepted,
    unchanged, rejected, held, withdraws
) VALUES (
    $batch_number, $organisation_code, $kind, $recorded_at, $made_by, $reason, $file_name, $file_digest, $rows,
    $accepted, $unchanged, $rejected, $held, $withdraws
)
