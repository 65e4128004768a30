-- One row per figure that publishing found contradicted. Grain: kind, unit_code, indicator_code, grain, period_start.
SELECT
    f.kind, f.unit_code, f.indicator_code, f.grain, f.period_start, f.period_end, f.reported, f.other,
    f.parts_expected, f.parts_present
FROM finding AS f
WHERE f.organisation_code = $organisation_code
ORDER BY f.unit_code, f.indicator_code, f.period_end, f.grain, f.kind
