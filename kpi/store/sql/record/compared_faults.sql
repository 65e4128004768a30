-- One row per incoming line that the record can't take, with the reason. Grain: line, fault.
-- Keys are counted by their hash first: a table of millions of keys would be the largest thing in memory.
WITH repeated AS (
    SELECT HASH(f.unit_code, f.indicator_code, f.grain, f.period_start) AS key_hash
    FROM incoming AS f
    GROUP BY key_hash
    HAVING COUNT(*) > 1
)

SELECT c.line, c.unit_code, c.indicator_code, 'its unit is not defined' AS fault
FROM compared AS c
ANTI JOIN incoming_unit_code AS u USING (unit_code)
UNION ALL
SELECT c.line, c.unit_code, c.indicator_code, 'its indicator is not defined' AS fault
FROM compared AS c
ANTI JOIN incoming_multiplier AS i USING (indicator_code)
UNION ALL
SELECT c.line, c.unit_code, c.indicator_code, 'it states neither value, target nor weight' AS fault
FROM compared AS c
WHERE c.value IS NULL AND c.target IS NULL AND c.weight IS NULL
UNION ALL
SELECT c.line, c.unit_code, c.indicator_code, 'its period does not start where the organisation''s periods start' AS fault
FROM compared AS c
WHERE (MONTH(c.period_start) - $year_starts_in + 12)
    % (CASE c.grain WHEN 'month' THEN 1 WHEN 'quarter' THEN 3 WHEN 'semester' THEN 6 ELSE 12 END) <> 0
UNION ALL
SELECT MAX(f.line) AS line, f.unit_code, f.indicator_code, 'its unit, indicator and period stand on an earlier line' AS fault
FROM incoming AS f
WHERE HASH(f.unit_code, f.indicator_code, f.grain, f.period_start) IN (SELECT r.key_hash FROM repeated AS r)
GROUP BY f.unit_code, f.indicator_code, f.grain, f.period_start
HAVING COUNT(*) > 1
UNION ALL
SELECT MAX(c.line) AS line, c.unit_code, c.indicator_code, 'an earlier line gives another weight for the year' AS fault
FROM compared AS c
WHERE c.weight IS NOT NULL
GROUP BY c.unit_code, c.indicator_code, c."year"
HAVING COUNT(DISTINCT c.weight) > 1
ORDER BY line, fault
