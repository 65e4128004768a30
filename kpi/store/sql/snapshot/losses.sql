-- One row per indicator that cost a unit most in a period, costliest first. Grain: source_unit_code, indicator_code.
SELECT l.source_unit_code, l.indicator_code, l.loss
FROM loss AS l
WHERE l.organisation_code = $organisation_code AND l.unit_code = $unit_code AND l.grain = $grain
    AND l.period_end = $period_end AND l.is_to_date = $to_date
ORDER BY l.loss DESC, l.source_unit_code, l.indicator_code
LIMIT $limit
