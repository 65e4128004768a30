-- One row per incoming line: new, changed or unchanged, with what stands under its keys. Grain: line.
SELECT
    c.line, c.state, c.measurement_state AS value_state, c.target_state, c.weight_state, c.value, c.target,
    c.target_high, c.weight, c.known_value, m.numerator AS known_numerator, m.denominator AS known_denominator,
    m.verification AS known_verification, m.note AS known_note, c.known_target, c.known_target_high, c.known_weight,
    c.known_batch_number, c.known_target_batch_number, c.is_locked, c.is_published
FROM compared_line AS c
LEFT JOIN measurement AS m
    ON m.organisation_code = $organisation_code AND c.unit_code = m.unit_code
    AND c.indicator_code = m.indicator_code AND c.grain = m.grain AND c.period_start = m.period_start
    AND c.known_batch_number = m.batch_number
ORDER BY c.line
