-- One row per indicator: how many rows it has in the snapshot, of all grains together (months 0). Grain: indicator_id.
SELECT 0 AS months, c.indicator_id, COUNT(*) AS facts
FROM consolidated AS c
GROUP BY c.indicator_id
ORDER BY c.indicator_id
