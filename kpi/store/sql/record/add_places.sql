-- Adds the cells of the lines that said something new. Grain: batch_number, line, field.
INSERT INTO place (batch_number, line, field, sheet, cell)
SELECT $batch_number, p.line, p.field, p.sheet, p.cell
FROM incoming_place AS p
SEMI JOIN (SELECT c.line FROM compared_line AS c WHERE c.state <> 'unchanged') AS c USING (line)
ORDER BY p.line, p.field
