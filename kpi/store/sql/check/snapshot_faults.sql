-- One row per rule that the snapshot breaks, with a count. Grain: fault. An empty answer is a sound snapshot.
SELECT v.fault, v.cases
FROM (
    SELECT 'meta has not exactly one row' AS fault, ABS(COUNT(*) - 1) AS cases FROM meta
    UNION ALL
    SELECT 'a fact stands twice' AS fault, COUNT(*) - COUNT(DISTINCT (f.organisation_code, f.unit_code, f.indicator_code, f.grain, f.period_start)) AS cases
    FROM facts_by_unit AS f
    UNION ALL
    SELECT 'the two orders of facts differ' AS fault, COUNT(*) AS cases
    FROM (
        SELECT f.organisation_code, f.unit_code, f.indicator_code, f.grain, f.period_start, f.value, f.target FROM facts_by_unit AS f
        EXCEPT ALL
        SELECT f.organisation_code, f.unit_code, f.indicator_code, f.grain, f.period_start, f.value, f.target FROM facts_by_indicator AS f
    ) AS d
) AS v
WHERE v.cases > 0
ORDER BY v.fault
