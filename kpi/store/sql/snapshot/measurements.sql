-- One row per figure as it was reported, in the columns that an import reads. Grain: unit, indicator, grain, period.
SELECT
    r.unit_code, u.name AS unit_name, u.parent_code, r.indicator_code, i.name AS indicator_name, i.unit_of_measure,
    i.polarity, r.period_start, r.period_end, r.value, r.target, r.numerator, r.denominator, r.multiplier,
    r.target_high, r.verification, r.note, a.weight, i.aggregation_over_periods, i.aggregation_over_units
FROM reported AS r
INNER JOIN unit AS u ON r.organisation_code = u.organisation_code AND r.unit_code = u.unit_code
INNER JOIN indicator AS i ON r.organisation_code = i.organisation_code AND r.indicator_code = i.indicator_code
INNER JOIN organisation AS o ON r.organisation_code = o.organisation_code
LEFT JOIN agreement AS a
    ON r.organisation_code = a.organisation_code AND r.unit_code = a.unit_code AND r.indicator_code = a.indicator_code
    AND a."year" = YEAR(r.period_end)
        + CASE WHEN o.year_starts_in > 1 AND MONTH(r.period_end) >= o.year_starts_in THEN 1 ELSE 0 END
WHERE r.organisation_code = $organisation_code
    AND ($unit_codes IS NULL OR r.unit_code IN (SELECT UNNEST(CAST($unit_codes AS VARCHAR[]))))
    AND ($indicator_codes IS NULL OR r.indicator_code IN (SELECT UNNEST(CAST($indicator_codes AS VARCHAR[]))))
    AND ($grain IS NULL OR r.grain = $grain)
    AND ($first IS NULL OR r.period_end >= $first)
    AND ($last IS NULL OR r.period_end <= $last)
ORDER BY r.unit_code, r.indicator_code, r.period_start, r.period_end
