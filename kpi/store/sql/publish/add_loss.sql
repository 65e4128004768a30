-- Adds what cost units most, at most 25 a unit and period. Grain: organisation, unit, grain, period, is_to_date, source, indicator.
INSERT INTO snapshot.loss
SELECT
    $organisation_code, r.unit_code, r.grain, r.period_start, r.period_end, r.is_to_date, r.source_unit_code,
    r.indicator_code, r.loss
FROM (
    SELECT
        x.unit_code, x.grain, x.period_start, x.period_end, x.is_to_date, x.source_unit_code, x.indicator_code, x.loss,
        ROW_NUMBER() OVER (
            PARTITION BY x.unit_code, x.grain, x.period_start, x.is_to_date
            ORDER BY x.loss DESC, x.source_unit_code, x.indicator_code
        ) AS place
    FROM incoming AS x
    WHERE x.loss IS NOT NULL
) AS r
WHERE r.place <= 25
ORDER BY r.unit_code, r.grain, r.is_to_date, r.period_start, r.place
