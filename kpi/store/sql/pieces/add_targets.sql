-- Adds the targets among incoming figures. Grain: organisation, unit, indicator, grain, period, batch.
INSERT INTO record.target BY NAME
SELECT
    f.organisation_code, f.unit_code, f.indicator_code, f.grain, f.period_start, f.period_end, f.target, f.target_high,
    f.corrects, f.line, f.batch_number
FROM incoming AS f
WHERE f.kind = 'target'
