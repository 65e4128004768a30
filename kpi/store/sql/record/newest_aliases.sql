-- One row per confirmed name whose unit or indicator is defined, its newest standing version. Grain: kind, name.
WITH version AS (
    SELECT
        a.kind, a.name, a.code, ROW_NUMBER() OVER (PARTITION BY a.kind, a.name ORDER BY a.batch_number DESC) AS age
    FROM alias AS a
    INNER JOIN standing_batch AS b USING (batch_number)
    WHERE a.organisation_code = $organisation_code
),

known AS (
    SELECT 'unit' AS kind, u.unit_code AS code
    FROM unit AS u
    SEMI JOIN standing_batch AS b USING (batch_number)
    WHERE u.organisation_code = $organisation_code
    UNION ALL
    SELECT 'indicator' AS kind, i.indicator_code AS code
    FROM indicator AS i
    SEMI JOIN standing_batch AS b USING (batch_number)
    WHERE i.organisation_code = $organisation_code
)

SELECT v.kind, v.name, v.code
FROM version AS v
SEMI JOIN known AS k USING (kind, code)
WHERE v.age = 1
ORDER BY v.kind, v.name
