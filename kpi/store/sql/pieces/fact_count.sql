-- One row: how many facts a piece has. Grain: the piece.
SELECT COUNT(*) AS facts
FROM facts_by_unit
