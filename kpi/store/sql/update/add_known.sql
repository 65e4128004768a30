-- Adds the figures of a level and grain that aren't made again, as parts of those above. Grain: unit_id, indicator_id, months, start_month.
-- A multiplier that isn't there is the indicator's; whose target and value they are counts only within their own unit.
INSERT INTO fact
SELECT
    k.unit_id, k.indicator_id, k.months, k.start_month, k."year", k.value, k.numerator, k.denominator,
    NULL AS multiplier, k.target, k.target_high, k.parts_expected, k.parts_present,
    COALESCE(e.self_parts, 0) AS expected, COALESCE(e.self_parts_to_date, 0) AS expected_to_date, k.is_partial_sum,
    0 AS is_own_target, k.verification, 3 AS origin, k.batch_number
FROM known_fact AS k
LEFT JOIN expected AS e
    ON k.unit_id = e.unit_id AND k.indicator_id = e.indicator_id AND k.start_month = e.start_month
WHERE k."level" = $level AND k.months = $months AND k."year" BETWEEN $first_year AND $last_year
