-- One row per incoming line under whose keys something stands, or whose period is locked. Grain: place.
CREATE OR REPLACE TEMP TABLE known_line AS
WITH figure AS (
    SELECT
        f.place, f.unit_code, f.indicator_code, f.grain, f.period_start, f.period_end,
        YEAR(f.period_end)
        + CASE WHEN $year_starts_in > 1 AND MONTH(f.period_end) >= $year_starts_in THEN 1 ELSE 0 END AS "year"
    FROM incoming AS f
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
    f.place, m.value, m.numerator, m.denominator, m.multiplier, m.verification, m.note, t.target, t.target_high,
    a.weight, m.batch_number AS measurement_batch_number, t.batch_number AS target_batch_number,
    a.batch_number AS agreement_batch_number, l.unit_code IS NOT NULL AS is_period_locked
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
WHERE COALESCE(m.batch_number, t.batch_number, a.batch_number) IS NOT NULL OR l.unit_code IS NOT NULL
