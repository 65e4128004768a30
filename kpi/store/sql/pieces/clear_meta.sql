-- Takes away what the pieces said of themselves. Grain: the piece.
DELETE FROM snapshot.meta
