-- One row per numbered indicator with what scoring reads of its definition. Grain: indicator_number.
SELECT i.indicator_code, i.polarity, i.worst_value, i.is_full_at_target, i.conversion_scale
FROM indicator AS i
WHERE i.organisation_code = $organisation_code
ORDER BY i.indicator_code
