-- One row per length of a period. Grain: months.
CREATE TABLE length AS
SELECT l.months, l.grain
FROM (VALUES (1, 'month'), (3, 'quarter'), (6, 'semester'), (12, 'year')) AS l (months, grain)
