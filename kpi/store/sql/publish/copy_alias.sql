-- One row per confirmed name whose unit or indicator is defined, its newest standing version. Grain: organisation_code, kind, name.
CREATE TABLE alias AS
WITH version AS (
    SELECT
        a.organisation_code, a.kind, a.name, a.code, a.batch_number,
        ROW_NUMBER() OVER (PARTITION BY a.organisation_code, a.kind, a.name ORDER BY a.batch_number DESC) AS age
    FROM record.alias AS a
    INNER JOIN standing_batch AS s USING (batch_number)
)

SELECT v.organisation_code, v.kind, v.name, v.code, v.batch_number
FROM version AS v
LEFT JOIN unit AS u ON v.kind = 'unit' AND v.organisation_code = u.organisation_code AND v.code = u.unit_code
LEFT JOIN indicator AS i
    ON v.kind = 'indicator' AND v.organisation_code = i.organisation_code AND v.code = i.indicator_code
WHERE v.age = 1 AND COALESCE(u.unit_code, i.indicator_code) IS NOT NULL
