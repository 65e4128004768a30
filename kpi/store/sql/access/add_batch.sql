-- Adds one batch. Grain: batch_number.
INSERT INTO batch (batch_number, kind, recorded_at, made_by, reason)
VALUES ($batch_number, $kind, $recorded_at, $made_by, $reason)
