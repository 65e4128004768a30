-- One row per warning kept with a batch up to the cut, withdrawn or not. Grain: batch_number, place.
CREATE TABLE batch_finding AS
SELECT f.batch_number, f.place, f.severity, f.line, f.sheet, f.cell, f.text, f.values_json
FROM record.batch_finding AS f
SEMI JOIN batch AS b USING (batch_number)
