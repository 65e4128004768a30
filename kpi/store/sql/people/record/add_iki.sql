-- Adds one version of each incoming individual indicator. Grain: employee_code, indicator_code, batch_number.
INSERT INTO iki (
    organisation_code, employee_code, indicator_code, name, "cascade", unit_of_measure, polarity, grain, multiplier,
    decimals, from_unit_code, from_indicator_code, batch_number
)
SELECT
    t.organisation_code, t.employee_code, t.indicator_code, t.name, t."cascade", t.unit_of_measure, t.polarity,
    t.grain, t.multiplier, t.decimals, t.from_unit_code, t.from_indicator_code, $batch_number
FROM incoming AS t
