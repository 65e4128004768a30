-- One row per indicator that a unit carries in the year of an occasion, also where its figure is absent. Grain: occasion, indicator_number.
SELECT
    o.occasion, c.indicator_number, f.value, f.target, f.target_high, COALESCE(f.is_partial_sum, FALSE) AS is_partial_sum,
    c.weight, f.checked
FROM occasion AS o
INNER JOIN carried_in_year AS c ON o.unit_number = c.unit_number AND o."year" = c."year"
LEFT JOIN figure AS f
    ON o.unit_number = f.unit_number AND c.indicator_number = f.indicator_number AND o.grain = f.grain
    AND o.period_start = f.period_start AND o.is_to_date = f.is_to_date
ORDER BY o.occasion, c.indicator_number
