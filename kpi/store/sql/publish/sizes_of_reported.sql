-- One row per unit: how many figures it states, values and targets, of all grains together (months 0). Grain: unit_id.
SELECT 0 AS months, s.unit_id, COUNT(*) AS figures
FROM (SELECT m.unit_id FROM measurement AS m UNION ALL SELECT t.unit_id FROM target AS t) AS s
GROUP BY s.unit_id
ORDER BY s.unit_id
