-- One row per unit of an organisation. Grain: unit_code.
SELECT
    u.unit_code, u.name, u.parent_code, u."level", u.is_leaf, u.valid_from, u.valid_to, u.successor_code,
    u.successor_share, u.weight_in_parent
FROM unit AS u
WHERE u.organisation_code = $organisation_code
ORDER BY u."level", u.unit_code
