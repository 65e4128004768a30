-- One row per unit and period of a grain: its index as published. Grain: unit_code, period_start.
SELECT
    x.unit_code, u.name AS unit_name, u.parent_code, x.period_start, x.period_end, x."index", x.coverage, x.rating,
    x.is_rated, x.weight_scored, x.weight_agreed, x.indicators_scored, x.indicators_agreed, x.weights_are_equal,
    x.basis, x.profile_code, x.verification, FALSE AS is_withheld
FROM unit_index AS x
INNER JOIN unit AS u ON x.organisation_code = u.organisation_code AND x.unit_code = u.unit_code
WHERE x.organisation_code = $organisation_code AND x.grain = $grain AND x.is_to_date = $to_date
    AND ($unit_codes IS NULL OR x.unit_code IN (SELECT UNNEST(CAST($unit_codes AS VARCHAR[]))))
    AND ($parent_code IS NULL OR u.parent_code = $parent_code)
    AND ($first IS NULL OR x.period_end >= $first)
    AND ($last IS NULL OR x.period_end <= $last)
ORDER BY x.unit_code, x.period_start
