-- One row per rule that a snapshot must keep before it is published, and how many cases break it. Grain: rule.
WITH twice AS (
    SELECT c.unit_id
    FROM work.consolidated AS c
    GROUP BY c.unit_id, c.indicator_id, c.months, c.start_month
    HAVING COUNT(*) > 1
),

by_unit AS (SELECT COUNT(*) AS facts, BIT_XOR(HASH(f)) AS digest FROM facts_by_unit AS f),

by_indicator AS (SELECT COUNT(*) AS facts, BIT_XOR(HASH(f)) AS digest FROM facts_by_indicator AS f),

made AS (SELECT COUNT(*) AS facts FROM work.consolidated)

SELECT 'one row says what it shows' AS rule, ABS(COUNT(*) - 1) AS cases FROM meta
UNION ALL
SELECT 'a unit, indicator, grain and period has one fact' AS rule, COUNT(*) AS cases FROM twice
UNION ALL
SELECT 'both orders hold all facts that were made' AS rule, COUNT(*) AS cases
FROM by_unit AS u
CROSS JOIN by_indicator AS i
CROSS JOIN made AS m
WHERE u.facts <> m.facts OR i.facts <> m.facts OR u.digest IS DISTINCT FROM i.digest
