-- One row per cell that a line of a batch was read from. Grain: field.
SELECT p.field, p.sheet, p.cell
FROM place AS p
WHERE p.batch_number = $batch_number AND p.line = $line
ORDER BY p.field
