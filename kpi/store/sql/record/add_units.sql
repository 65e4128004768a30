-- Adds one version of each incoming unit. Grain: unit_code, batch_number.
INSERT INTO unit (
    organisation_code, unit_code, name, parent_code, valid_from, valid_to, successor_code, successor_share,
    weight_in_parent, batch_number
)
SELECT
    u.organisation_code, u.unit_code, u.name, u.parent_code, u.valid_from, u.valid_to, u.successor_code,
    u.successor_share, u.weight_in_parent, $batch_number
FROM incoming_unit AS u
ORDER BY u.unit_code
