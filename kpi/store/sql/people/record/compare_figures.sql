-- One row per incoming line beside what stands under its keys. Grain: line.
-- An empty column says nothing: it neither erases nor changes what is known, as long as the figure itself is the same.
CREATE OR REPLACE TEMP TABLE compared AS
WITH figure AS (
    SELECT
        f.line, f.employee_code, f.indicator_code, f.grain, f.period_start, f.period_end, f.numerator, f.denominator,
        f.verification, f.note, f.target, f.target_high,
        CASE WHEN f.numerator IS NOT NULL THEN COALESCE(f.multiplier, i.multiplier, 1) END AS multiplier,
        COALESCE(f.value, COALESCE(f.multiplier, i.multiplier, 1) * f.numerator / f.denominator) AS value,
        i.indicator_code IS NOT NULL AS is_defined
    FROM incoming AS f
    LEFT JOIN incoming_iki AS i USING (employee_code, indicator_code)
),

known_measurement AS (
    SELECT
        m.employee_code, m.indicator_code, m.grain, m.period_start, m.value, m.numerator, m.denominator, m.multiplier,
        m.verification, m.note,
        ROW_NUMBER() OVER (
            PARTITION BY m.employee_code, m.indicator_code, m.grain, m.period_start ORDER BY m.batch_number DESC
        ) AS age
    FROM iki_measurement AS m
    INNER JOIN standing_batch AS b USING (batch_number)
    SEMI JOIN incoming AS f USING (employee_code, indicator_code, grain, period_start)
    WHERE m.organisation_code = $organisation_code
),

known_target AS (
    SELECT
        t.employee_code, t.indicator_code, t.grain, t.period_start, t.target, t.target_high,
        ROW_NUMBER() OVER (
            PARTITION BY t.employee_code, t.indicator_code, t.grain, t.period_start ORDER BY t.batch_number DESC
        ) AS age
    FROM iki_target AS t
    INNER JOIN standing_batch AS b USING (batch_number)
    SEMI JOIN incoming AS f USING (employee_code, indicator_code, grain, period_start)
    WHERE t.organisation_code = $organisation_code
)

SELECT
    f.line, f.employee_code, f.indicator_code, f.grain, f.period_start, f.period_end, f.is_defined, f.value, f.target,
    COALESCE(f.numerator, CASE WHEN m.value = f.value THEN m.numerator END) AS numerator,
    COALESCE(f.denominator, CASE WHEN m.value = f.value THEN m.denominator END) AS denominator,
    COALESCE(f.multiplier, CASE WHEN m.value = f.value THEN m.multiplier END) AS multiplier,
    COALESCE(f.verification, CASE WHEN m.value = f.value THEN m.verification END, 'reported') AS verification,
    COALESCE(f.note, CASE WHEN m.value = f.value THEN m.note END) AS note,
    COALESCE(f.target_high, CASE WHEN t.target = f.target THEN t.target_high END) AS target_high,
    CASE
        WHEN f.value IS NULL THEN NULL
        WHEN m.value IS NULL THEN 'new'
        WHEN m.value = f.value
            AND COALESCE(f.numerator, m.numerator) IS NOT DISTINCT FROM m.numerator
            AND COALESCE(f.denominator, m.denominator) IS NOT DISTINCT FROM m.denominator
            AND COALESCE(f.multiplier, m.multiplier) IS NOT DISTINCT FROM m.multiplier
            AND COALESCE(f.verification, m.verification) = m.verification
            AND COALESCE(f.note, m.note) IS NOT DISTINCT FROM m.note THEN 'unchanged'
        ELSE 'changed'
    END AS measurement_state,
    CASE
        WHEN f.target IS NULL THEN NULL
        WHEN t.target IS NULL THEN 'new'
        WHEN t.target = f.target
            AND COALESCE(f.target_high, t.target_high) IS NOT DISTINCT FROM t.target_high THEN 'unchanged'
        ELSE 'changed'
    END AS target_state
FROM figure AS f
LEFT JOIN known_measurement AS m
    ON f.employee_code = m.employee_code AND f.indicator_code = m.indicator_code AND f.grain = m.grain
    AND f.period_start = m.period_start AND m.age = 1
LEFT JOIN known_target AS t
    ON f.employee_code = t.employee_code AND f.indicator_code = t.indicator_code AND f.grain = t.grain
    AND f.period_start = t.period_start AND t.age = 1
