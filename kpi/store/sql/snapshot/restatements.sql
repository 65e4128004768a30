-- One row per value or target that stopped standing, the newest change first. Grain: unit, indicator, grain, period, batch, field.
SELECT
    r.unit_code, r.indicator_code, r.grain, r.period_start, r.period_end, r.field, r.kind, r.from_value, r.to_value,
    r.from_numerator, r.to_numerator, r.from_denominator, r.to_denominator, r.from_target, r.to_target,
    r.from_target_high, r.to_target_high, r.batch_number, b.recorded_at, b.made_by, b.reason
FROM restatement AS r
INNER JOIN batch AS b USING (batch_number)
WHERE r.organisation_code = $organisation_code
    AND ($unit_codes IS NULL OR r.unit_code IN (SELECT UNNEST(CAST($unit_codes AS VARCHAR[]))))
    AND ($indicator_code IS NULL OR r.indicator_code = $indicator_code)
    AND ($first IS NULL OR r.period_end >= $first)
    AND ($last IS NULL OR r.period_end <= $last)
ORDER BY r.batch_number DESC, r.unit_code, r.indicator_code, r.period_end, r.grain, r.field DESC
