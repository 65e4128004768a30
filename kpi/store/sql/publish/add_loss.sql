-- Adds what cost units most, in the order given. Grain: organisation, unit, grain, period, is_to_date, source, indicator.
INSERT INTO snapshot.loss
SELECT
    $organisation_code, x.unit_code, x.grain, x.period_start, x.period_end, x.is_to_date, x.source_unit_code,
    x.indicator_code, x.loss
FROM incoming AS x
