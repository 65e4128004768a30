-- One row: the organisation that a piece is made of. Grain: the piece.
CREATE TEMP TABLE chosen AS
SELECT CAST($organisation_code AS VARCHAR) AS organisation_code
