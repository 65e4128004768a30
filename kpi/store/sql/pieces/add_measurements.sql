-- Adds the values among incoming figures. Grain: organisation, unit, indicator, grain, period, batch.
INSERT INTO record.measurement BY NAME
SELECT
    f.organisation_code, f.unit_code, f.indicator_code, f.grain, f.period_start, f.period_end, f.value, f.numerator,
    f.denominator, f.multiplier, f.verification, f.note, f.corrects, f.line, f.batch_number
FROM incoming AS f
WHERE f.kind = 'measurement'
