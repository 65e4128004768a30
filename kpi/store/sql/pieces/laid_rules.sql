-- One row per rule that a snapshot laid together must keep, and how many cases break it. Grain: rule.
WITH by_unit AS (SELECT COUNT(*) AS facts, BIT_XOR(HASH(f)) AS digest FROM snapshot.facts_by_unit AS f),

by_indicator AS (SELECT COUNT(*) AS facts, BIT_XOR(HASH(f)) AS digest FROM snapshot.facts_by_indicator AS f)

SELECT 'one row says what it shows' AS rule, ABS(COUNT(*) - 1) AS cases FROM snapshot.meta
UNION ALL
SELECT 'both orders hold all facts that were made' AS rule, COUNT(*) AS cases
FROM by_unit AS u
CROSS JOIN by_indicator AS i
WHERE u.facts <> $facts OR i.facts <> $facts OR u.digest IS DISTINCT FROM i.digest
UNION ALL
SELECT 'an organisation is there once' AS rule, COUNT(*) - COUNT(DISTINCT o.organisation_code) AS cases
FROM snapshot.organisation AS o
