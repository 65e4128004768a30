-- One row per unit, its newest standing version, with a number and its depth below the root. Grain: unit_id.
-- Life is in whole months (year x 12 + month - 1): a unit was valid in a period when the two overlap.
CREATE TABLE unit AS
WITH RECURSIVE version AS (
    SELECT
        u.organisation_code, u.unit_code, u.name, u.parent_code, u.valid_from, u.valid_to, u.successor_code,
        u.successor_share, u.weight_in_parent,
        ROW_NUMBER() OVER (PARTITION BY u.organisation_code, u.unit_code ORDER BY u.batch_number DESC) AS age
    FROM record.unit AS u
    INNER JOIN standing_batch AS s USING (batch_number)
),

newest AS (SELECT v.* EXCLUDE (age) FROM version AS v WHERE v.age = 1),

tree AS (
    SELECT n.organisation_code, n.unit_code, 0 AS level
    FROM newest AS n
    WHERE n.parent_code IS NULL
    UNION ALL
    SELECT n.organisation_code, n.unit_code, t.level + 1 AS level
    FROM newest AS n
    INNER JOIN tree AS t ON n.organisation_code = t.organisation_code AND n.parent_code = t.unit_code
),

numbered AS (
    SELECT
        n.organisation_code, n.unit_code, n.name, n.parent_code, n.valid_from, n.valid_to, n.successor_code,
        n.successor_share, n.weight_in_parent, t.level,
        CAST(ROW_NUMBER() OVER (ORDER BY n.organisation_code, n.unit_code) AS INTEGER) AS unit_id
    FROM newest AS n
    INNER JOIN tree AS t USING (organisation_code, unit_code)
)

SELECT
    n.organisation_code, n.unit_code, n.name, n.parent_code, n.valid_from, n.valid_to, n.successor_code,
    n.successor_share, n.weight_in_parent, n.level, n.unit_id, p.unit_id AS parent_id, o.year_offset,
    COALESCE(YEAR(n.valid_from) * 12 + MONTH(n.valid_from) - 1, 0) AS from_month,
    COALESCE(YEAR(n.valid_to) * 12 + MONTH(n.valid_to) - 1, 999999) AS to_month,
    NOT EXISTS (
        SELECT 1 FROM numbered AS c WHERE c.organisation_code = n.organisation_code AND c.parent_code = n.unit_code
    ) AS is_leaf
FROM numbered AS n
INNER JOIN organisation AS o USING (organisation_code)
LEFT JOIN numbered AS p ON n.organisation_code = p.organisation_code AND n.parent_code = p.unit_code
