-- One row per unit and indicator whose standing rows lack a standing definition. Grain: table, organisation, unit, indicator.
WITH standing AS (
    SELECT 'measurement' AS table_name, m.organisation_code, m.unit_code, m.indicator_code, m.batch_number FROM measurement AS m
    UNION ALL
    SELECT 'target' AS table_name, t.organisation_code, t.unit_code, t.indicator_code, t.batch_number FROM target AS t
    UNION ALL
    SELECT 'agreement' AS table_name, a.organisation_code, a.unit_code, a.indicator_code, a.batch_number FROM agreement AS a
    UNION ALL
    SELECT 'commentary' AS table_name, c.organisation_code, c.unit_code, c.indicator_code, c.batch_number FROM commentary AS c
),

pair AS (
    SELECT DISTINCT s.table_name, s.organisation_code, s.unit_code, s.indicator_code
    FROM standing AS s
    SEMI JOIN standing_batch AS b USING (batch_number)
),

known_unit AS (SELECT u.organisation_code, u.unit_code FROM unit AS u SEMI JOIN standing_batch AS b USING (batch_number)),

known_indicator AS (
    SELECT i.organisation_code, i.indicator_code FROM indicator AS i SEMI JOIN standing_batch AS b USING (batch_number)
)

SELECT p.table_name, p.organisation_code, p.unit_code, p.indicator_code
FROM pair AS p
WHERE NOT EXISTS (
        SELECT 1 FROM known_unit AS u WHERE u.organisation_code = p.organisation_code AND u.unit_code = p.unit_code
    )
    OR NOT EXISTS (
        SELECT 1 FROM known_indicator AS i
        WHERE i.organisation_code = p.organisation_code AND i.indicator_code = p.indicator_code
    )
ORDER BY p.table_name, p.organisation_code, p.unit_code, p.indicator_code
