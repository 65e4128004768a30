-- One row per incoming line beside what the record knows under its keys. Grain: line.
-- An empty column says nothing: it neither erases nor changes what is known, as long as the figure itself is the same.
-- A view: of a file of millions of lines nothing is held twice.
CREATE OR REPLACE TEMP VIEW compared AS
WITH figure AS (
    SELECT
        f.place, f.line, f.unit_code, f.indicator_code, f.grain, f.period_start, f.period_end, f.numerator,
        f.denominator, f.verification, f.note, f.target, f.target_high, f.weight,
        CASE WHEN f.numerator IS NOT NULL THEN COALESCE(f.multiplier, i.multiplier, 1) END AS multiplier,
        COALESCE(f.value, COALESCE(f.multiplier, i.multiplier, 1) * f.numerator / f.denominator) AS value,
        YEAR(f.period_end)
        + CASE WHEN s.year_starts_in > 1 AND MONTH(f.period_end) >= s.year_starts_in THEN 1 ELSE 0 END AS "year",
        s.published_batch
    FROM incoming AS f
    CROSS JOIN incoming_setting AS s
    LEFT JOIN incoming_multiplier AS i USING (indicator_code)
)

SELECT
    f.line, f.unit_code, f.indicator_code, f.grain, f.period_start, f.period_end, f."year", f.value, f.target, f.weight,
    COALESCE(f.numerator, CASE WHEN k.value = f.value THEN k.numerator END) AS numerator,
    COALESCE(f.denominator, CASE WHEN k.value = f.value THEN k.denominator END) AS denominator,
    COALESCE(f.multiplier, CASE WHEN k.value = f.value THEN k.multiplier END) AS multiplier,
    COALESCE(f.verification, CASE WHEN k.value = f.value THEN k.verification END, 'reported') AS verification,
    COALESCE(f.note, CASE WHEN k.value = f.value THEN k.note END) AS note,
    COALESCE(f.target_high, CASE WHEN k.target = f.target THEN k.target_high END) AS target_high,
    k.value AS known_value, k.target AS known_target, k.target_high AS known_target_high, k.weight AS known_weight,
    k.measurement_batch_number AS known_batch_number, k.target_batch_number AS known_target_batch_number,
    COALESCE(k.is_period_locked, FALSE) AS is_period_locked,
    COALESCE(k.verification = 'locked', FALSE) AS is_value_locked,
    COALESCE(k.measurement_batch_number <= f.published_batch, FALSE) AS is_value_published,
    COALESCE(k.target_batch_number <= f.published_batch, FALSE) AS is_target_published,
    COALESCE(k.agreement_batch_number <= f.published_batch, FALSE) AS is_weight_published,
    CASE
        WHEN f.value IS NULL THEN NULL
        WHEN k.value IS NULL THEN 'new'
        WHEN k.value = f.value
            AND COALESCE(f.numerator, k.numerator) IS NOT DISTINCT FROM k.numerator
            AND COALESCE(f.denominator, k.denominator) IS NOT DISTINCT FROM k.denominator
            AND COALESCE(f.multiplier, k.multiplier) IS NOT DISTINCT FROM k.multiplier
            AND COALESCE(f.verification, k.verification) = k.verification
            AND COALESCE(f.note, k.note) IS NOT DISTINCT FROM k.note THEN 'unchanged'
        ELSE 'changed'
    END AS measurement_state,
    CASE
        WHEN f.target IS NULL THEN NULL
        WHEN k.target IS NULL THEN 'new'
        WHEN k.target = f.target
            AND COALESCE(f.target_high, k.target_high) IS NOT DISTINCT FROM k.target_high THEN 'unchanged'
        ELSE 'changed'
    END AS target_state,
    CASE
        WHEN f.weight IS NULL THEN NULL
        WHEN k.weight IS NULL THEN 'new'
        WHEN k.weight = f.weight THEN 'unchanged'
        ELSE 'changed'
    END AS weight_state
FROM figure AS f
LEFT JOIN known_line AS k USING (place)
