-- One row per value computed from two indicators of the same unit and period. Grain: unit_id, indicator_id, months, start_month.
CREATE TABLE computed AS
SELECT
    n.unit_id, i.indicator_id, n.months, n.start_month, n."year",
    i.multiplier * n.value / d.value AS value, n.value AS numerator, d.value AS denominator, i.multiplier,
    LEAST(n.verification, d.verification) AS verification, GREATEST(n.batch_number, d.batch_number) AS batch_number
FROM indicator AS i
INNER JOIN indicator AS ni
    ON i.organisation_code = ni.organisation_code AND i.numerator_indicator_code = ni.indicator_code
INNER JOIN indicator AS di
    ON i.organisation_code = di.organisation_code AND i.denominator_indicator_code = di.indicator_code
INNER JOIN measurement AS n ON ni.indicator_id = n.indicator_id
INNER JOIN measurement AS d
    ON di.indicator_id = d.indicator_id AND n.unit_id = d.unit_id AND n.months = d.months
    AND n.start_month = d.start_month
WHERE d.value > 0
