-- Adds indices of units. Grain: organisation, unit, grain, period, is_to_date.
INSERT INTO snapshot.unit_index
SELECT
    $organisation_code, x.unit_code, x.grain, x.period_start, x.period_end, x.is_to_date, x."index", x.coverage,
    x.rating, x.is_rated, x.weight_scored, x.weight_agreed, x.indicators_scored, x.indicators_agreed,
    x.weights_are_equal, x.basis, x.profile_code, x.verification
FROM incoming AS x
ORDER BY x.grain, x.is_to_date, x.unit_code, x.period_start
