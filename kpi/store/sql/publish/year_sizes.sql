-- One row per year with stated figures, and how many. Grain: year.
SELECT s."year", COUNT(*) AS figures
FROM (
    SELECT m."year" FROM measurement AS m
    UNION ALL
    SELECT c."year" FROM computed AS c
    UNION ALL
    SELECT t."year" FROM target AS t
) AS s
GROUP BY s."year"
ORDER BY s."year"
