-- One row per individual indicator and period with a value or a target. Grain: employee, indicator, grain, period.
SELECT
    f.employee_code, f.indicator_code, i.name, i."cascade", i.unit_of_measure, i.polarity, i.decimals, i.from_unit_code,
    i.from_indicator_code, f.grain, f.period_start, f.period_end, f.period_end < m.today AS is_finished, f.value,
    f.numerator, f.denominator, f.multiplier, f.target, f.target_high, f.verification, f.note, f.batch_number,
    f.target_batch_number
FROM iki_fact AS f
INNER JOIN iki AS i
    ON f.organisation_code = i.organisation_code AND f.employee_code = i.employee_code
    AND f.indicator_code = i.indicator_code AND i.is_newest
CROSS JOIN meta AS m
WHERE f.organisation_code = $organisation_code
    AND ($employee_codes IS NULL OR LIST_CONTAINS($employee_codes, f.employee_code))
    AND ($first IS NULL OR f.period_end >= $first)
    AND ($last IS NULL OR f.period_end <= $last)
ORDER BY f.employee_code, f.indicator_code, f.period_end, f.grain
