-- One row per kind of content that a batch added, and unit of it ('' = of no one unit). Grain: content, unit_code.
SELECT DISTINCT c.content, c.unit_code
FROM (
    SELECT
        CASE m.verification WHEN 'reported' THEN 'measurement' ELSE 'checked' END AS content, m.unit_code
    FROM measurement AS m
    WHERE m.batch_number = $batch_number
    UNION ALL
    SELECT 'target' AS content, t.unit_code FROM target AS t WHERE t.batch_number = $batch_number
    UNION ALL
    SELECT 'agreement' AS content, a.unit_code FROM agreement AS a WHERE a.batch_number = $batch_number
    UNION ALL
    SELECT 'definition' AS content, '' AS unit_code FROM organisation AS o WHERE o.batch_number = $batch_number
    UNION ALL
    SELECT 'definition' AS content, '' AS unit_code FROM unit AS u WHERE u.batch_number = $batch_number
    UNION ALL
    SELECT 'definition' AS content, '' AS unit_code FROM indicator AS i WHERE i.batch_number = $batch_number
    UNION ALL
    SELECT 'alias' AS content, '' AS unit_code FROM alias AS a WHERE a.batch_number = $batch_number
    UNION ALL
    SELECT 'event' AS content, e.unit_code FROM event AS e WHERE e.batch_number = $batch_number
    UNION ALL
    SELECT 'comment' AS content, c.unit_code FROM commentary AS c WHERE c.batch_number = $batch_number
    UNION ALL
    SELECT 'state' AS content, s.unit_code FROM period_state AS s WHERE s.batch_number = $batch_number
    UNION ALL
    SELECT
        CASE s.state WHEN 'agreed' THEN 'agreement' ELSE 'draft' END AS content, s.unit_code
    FROM statement AS s
    WHERE s.batch_number = $batch_number
    UNION ALL
    SELECT 'choice' AS content, '' AS unit_code FROM profile_choice AS p WHERE p.batch_number = $batch_number
    UNION ALL
    SELECT 'choice' AS content, '' AS unit_code FROM reporting_rule AS r WHERE r.batch_number = $batch_number
) AS c
ORDER BY c.content, c.unit_code
