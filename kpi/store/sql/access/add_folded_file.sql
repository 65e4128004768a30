-- Adds how far a log file is folded in. Grain: file_name, lines.
INSERT INTO folded_file (batch_number, file_name, lines, digest)
VALUES ($batch_number, $file_name, $lines, $digest)
