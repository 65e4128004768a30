-- Adds what a batch's file was warned of. Grain: batch_number, place.
INSERT INTO batch_finding (batch_number, place, severity, line, sheet, cell, text, values_json)
SELECT $batch_number, f.place, f.severity, f.line, f.sheet, f.cell, f.text, f.values_json
FROM incoming_finding AS f
ORDER BY f.place
