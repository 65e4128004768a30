-- One row per rule that an updated snapshot must keep before it is published, and how many cases break it. Grain: rule.
WITH redone AS (
    SELECT c.unit_id, c.indicator_id, c.months, c.start_month
    FROM work.consolidated AS c
    SEMI JOIN work.redone AS r ON c.unit_id = r.unit_id AND c.indicator_id = r.indicator_id AND c."year" = r."year"
),

twice AS (
    SELECT c.unit_id
    FROM redone AS c
    GROUP BY c.unit_id, c.indicator_id, c.months, c.start_month
    HAVING COUNT(*) > 1
),

by_unit AS (
    SELECT COUNT(*) AS facts, BIT_XOR(HASH(f)) AS digest
    FROM snapshot.facts_by_unit AS f
    SEMI JOIN work.redone AS r USING (organisation_code, unit_code, indicator_code, "year")
),

by_indicator AS (
    SELECT COUNT(*) AS facts, BIT_XOR(HASH(f)) AS digest
    FROM snapshot.facts_by_indicator AS f
    SEMI JOIN work.redone AS r USING (organisation_code, unit_code, indicator_code, "year")
),

made AS (SELECT COUNT(*) AS facts FROM redone)

SELECT 'one row says what it shows' AS rule, ABS(COUNT(*) - 1) AS cases FROM snapshot.meta
UNION ALL
SELECT 'a unit, indicator, grain and period has one fact' AS rule, COUNT(*) AS cases FROM twice
UNION ALL
SELECT 'both orders hold all facts that were made' AS rule, COUNT(*) AS cases
FROM by_unit AS u
CROSS JOIN by_indicator AS i
CROSS JOIN made AS m
WHERE u.facts <> m.facts OR i.facts <> m.facts OR u.digest IS DISTINCT FROM i.digest
    OR (SELECT COUNT(*) FROM snapshot.facts_by_unit) <> (SELECT COUNT(*) FROM snapshot.facts_by_indicator)
