-- One row per unit of an organisation, its newest standing version. Grain: unit_code.
WITH version AS (
    SELECT
        u.organisation_code, u.unit_code, u.name, u.parent_code, u.valid_from, u.valid_to, u.successor_code,
        u.successor_share, u.weight_in_parent,
        ROW_NUMBER() OVER (PARTITION BY u.unit_code ORDER BY u.batch_number DESC) AS age
    FROM unit AS u
    INNER JOIN standing_batch AS b USING (batch_number)
    WHERE u.organisation_code = $organisation_code
)

SELECT
    v.organisation_code, v.unit_code, v.name, v.parent_code, v.valid_from, v.valid_to, v.successor_code,
    v.successor_share, v.weight_in_parent
FROM version AS v
WHERE v.age = 1
ORDER BY v.unit_code
