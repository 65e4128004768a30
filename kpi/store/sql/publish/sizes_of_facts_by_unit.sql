-- One row per grain and unit: how many rows it has in the snapshot. Grain: months, unit_id.
SELECT c.months, c.unit_id, COUNT(*) AS facts
FROM consolidated AS c
GROUP BY c.months, c.unit_id
ORDER BY c.months, c.unit_id
