-- One row per warning that was kept with a batch, in the file's order. Grain: place.
SELECT f.severity, f.line, f.sheet, f.cell, f.text, f.values_json
FROM batch_finding AS f
WHERE f.batch_number = $batch_number
ORDER BY f.place
