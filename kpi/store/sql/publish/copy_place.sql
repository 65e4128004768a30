-- One row per cell that a line of a standing batch was read from. Grain: batch_number, line, field.
CREATE TABLE place AS
SELECT p.batch_number, p.line, p.field, p.sheet, p.cell
FROM record.place AS p
SEMI JOIN standing_batch AS s USING (batch_number)
