-- One row per index in a year that a redone unit's may be made of, but isn't made again. Grain: unit_code, grain, period_start, is_to_date.
SELECT
    x.unit_code, x.grain, x.period_start, x.period_end, x.is_to_date, x."index", x.coverage, x.rating, x.is_rated,
    x.weight_scored, x.weight_agreed, x.indicators_scored, x.indicators_agreed, x.weights_are_equal, x.basis,
    x.verification
FROM snapshot.unit_index AS x
INNER JOIN work.unit AS u USING (organisation_code, unit_code)
WHERE x.organisation_code = $organisation_code
    AND x.period_start BETWEEN (SELECT MIN(r.first_day) FROM work.redone AS r WHERE r.organisation_code = $organisation_code AND r."year" = $year)
    AND (SELECT MAX(r.last_day) FROM work.redone AS r WHERE r.organisation_code = $organisation_code AND r."year" = $year)
    AND u.parent_id IN (SELECT r.unit_id FROM work.redone_unit AS r)
    AND u.unit_id NOT IN (SELECT r.unit_id FROM work.redone_unit AS r)
ORDER BY x.unit_code, x.grain, x.period_start, x.is_to_date
