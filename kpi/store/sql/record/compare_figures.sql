-- One row per incoming line beside what the record knows under its keys. Grain: line.
-- An empty column says nothing: it neither erases nor changes what is known, as long as the figure itself is the same.
CREATE OR REPLACE TEMP TABLE compared AS
WITH figure AS (
    SELECT
        f.line, f.unit_code, f.indicator_code, f.grain, f.period_start, f.period_end, f.numerator, f.denominator,
        f.verification, f.note, f.target, f.target_high, f.weight,
        CASE WHEN f.numerator IS NOT NULL THEN COALESCE(f.multiplier, i.multiplier, 1) END AS multiplier,
        COALESCE(f.value, COALESCE(f.multiplier, i.multiplier, 1) * f.numerator / f.denominator) AS value,
        YEAR(f.period_end)
        + CASE WHEN $year_starts_in > 1 AND MONTH(f.period_end) >= $year_starts_in THEN 1 ELSE 0 END AS "year"
    FROM incoming AS f
    LEFT JOIN incoming_multiplier AS i USING (indicator_code)
),

known_measurement AS (
    SELECT
        m.unit_code, m.indicator_code, m.grain, m.period_start, m.value, m.numerator, m.denominator, m.multiplier,
        m.verification, m.note, m.batch_number,
        ROW_NUMBER() OVER (
            PARTITION BY m.unit_code, m.indicator_code, m.grain, m.period_start ORDER BY m.batch_number DESC
        ) AS age
    FROM measurement AS m
    INNER JOIN standing_batch AS b USING (batch_number)
    SEMI JOIN incoming AS f USING (unit_code, indicator_code, grain, period_start)
    WHERE m.organisation_code = $organisation_code
),

known_target AS (
    SELECT
        t.unit_code, t.indicator_code, t.grain, t.period_start, t.target, t.target_high, t.batch_number,
        ROW_NUMBER() OVER (
            PARTITION BY t.unit_code, t.indicator_code, t.grain, t.period_start ORDER BY t.batch_number DESC
        ) AS age
    FROM target AS t
    INNER JOIN standing_batch AS b USING (batch_number)
    SEMI JOIN incoming AS f USING (unit_code, indicator_code, grain, period_start)
    WHERE t.organisation_code = $organisation_code
),

known_agreement AS (
    SELECT
        a.unit_code, a.indicator_code, a."year", a.weight, a.batch_number,
        ROW_NUMBER() OVER (PARTITION BY a.unit_code, a.indicator_code, a."year" ORDER BY a.batch_number DESC) AS age
    FROM agreement AS a
    INNER JOIN standing_batch AS b USING (batch_number)
    WHERE a.organisation_code = $organisation_code
),

state AS (
    SELECT
        p.unit_code, p.period_start, p.period_end, p.state,
        ROW_NUMBER() OVER (PARTITION BY p.unit_code, p.period_start, p.period_end ORDER BY p.batch_number DESC) AS age
    FROM period_state AS p
    INNER JOIN standing_batch AS b USING (batch_number)
    WHERE p.organisation_code = $organisation_code
),

locked_span AS (
    SELECT DISTINCT f.unit_code, f.period_start, f.period_end
    FROM figure AS f
    INNER JOIN state AS s
        ON f.unit_code = s.unit_code AND f.period_start >= s.period_start AND f.period_end <= s.period_end
    WHERE s.age = 1 AND s.state = 'locked'
)

SELECT
    f.line, f.unit_code, f.indicator_code, f.grain, f.period_start, f.period_end, f."year", f.value, f.target, f.weight,
    COALESCE(f.numerator, CASE WHEN m.value = f.value THEN m.numerator END) AS numerator,
    COALESCE(f.denominator, CASE WHEN m.value = f.value THEN m.denominator END) AS denominator,
    COALESCE(f.multiplier, CASE WHEN m.value = f.value THEN m.multiplier END) AS multiplier,
    COALESCE(f.verification, CASE WHEN m.value = f.value THEN m.verification END, 'reported') AS verification,
    COALESCE(f.note, CASE WHEN m.value = f.value THEN m.note END) AS note,
    COALESCE(f.target_high, CASE WHEN t.target = f.target THEN t.target_high END) AS target_high,
    m.value AS known_value, t.target AS known_target, t.target_high AS known_target_high, a.weight AS known_weight,
    m.batch_number AS known_batch_number, t.batch_number AS known_target_batch_number,
    l.unit_code IS NOT NULL AS is_period_locked, COALESCE(m.verification = 'locked', FALSE) AS is_value_locked,
    COALESCE(m.batch_number <= $published_batch, FALSE) AS is_value_published,
    COALESCE(t.batch_number <= $published_batch, FALSE) AS is_target_published,
    COALESCE(a.batch_number <= $published_batch, FALSE) AS is_weight_published,
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
    END AS target_state,
    CASE
        WHEN f.weight IS NULL THEN NULL
        WHEN a.weight IS NULL THEN 'new'
        WHEN a.weight = f.weight THEN 'unchanged'
        ELSE 'changed'
    END AS weight_state
FROM figure AS f
LEFT JOIN known_measurement AS m
    ON f.unit_code = m.unit_code AND f.indicator_code = m.indicator_code AND f.grain = m.grain
    AND f.period_start = m.period_start AND m.age = 1
LEFT JOIN known_target AS t
    ON f.unit_code = t.unit_code AND f.indicator_code = t.indicator_code AND f.grain = t.grain
    AND f.period_start = t.period_start AND t.age = 1
LEFT JOIN known_agreement AS a
    ON f.unit_code = a.unit_code AND f.indicator_code = a.indicator_code AND f."year" = a."year" AND a.age = 1
LEFT JOIN locked_span AS l
    ON f.unit_code = l.unit_code AND f.period_start = l.period_start AND f.period_end = l.period_end
