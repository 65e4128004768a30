-- One row per unit and period in which it reports indicators at this grain: how many are due, there, and came in time.
-- Grain: organisation_code, unit_code, grain, period_start. Due are those that the unit reports itself at this very grain
-- while it was valid: in years in which it did and in the next one (a series that was given up is missed for a year, then
-- no longer due), but not where units below bring the figure. A figure came when its first batch that was not withdrawn
-- did; later corrections don't delay it.
INSERT INTO snapshot.punctuality
WITH series AS (
    SELECT
        m.unit_id, m.indicator_id, MIN(CAST(m.months AS INTEGER)) AS months, MIN(CAST(m."year" AS INTEGER)) AS first_year
    FROM work.measurement AS m
    GROUP BY m.unit_id, m.indicator_id
),

due_year AS (
    SELECT m.unit_id, m.indicator_id, m."year" FROM work.measurement AS m
    UNION
    SELECT m.unit_id, m.indicator_id, m."year" + i.every_years
    FROM work.measurement AS m
    INNER JOIN work.indicator AS i USING (indicator_id)
),

came_before AS (
    SELECT r.unit_id, r.indicator_id, r.months, r.start_month, MIN(r.batch_number) AS batch_number
    FROM work.restated AS r
    WHERE r.field = 'value' AND r.withdrawn_by IS NULL
    GROUP BY r.unit_id, r.indicator_id, r.months, r.start_month
),

came AS (
    SELECT m.unit_id, m.indicator_id, m.months, m.start_month, b.recorded_at
    FROM work.measurement AS m
    LEFT JOIN came_before AS c
        ON m.unit_id = c.unit_id AND m.indicator_id = c.indicator_id AND m.months = c.months
        AND m.start_month = c.start_month
    INNER JOIN work.batch AS b ON COALESCE(c.batch_number, m.batch_number) = b.batch_number
),

span AS (
    SELECT
        d.organisation_code, d.grain, d.period_start, d.period_end, d.due_on, d.due_before, l.months,
        YEAR(d.period_start) * 12 + MONTH(d.period_start) - 1 AS start_month
    FROM due AS d
    INNER JOIN work.length AS l ON d.grain = l.grain
),

expected AS (
    SELECT
        u.organisation_code, u.unit_code, u.unit_id, p.grain, p.period_start, p.period_end, p.due_on, p.due_before,
        p.months, p.start_month, s.indicator_id
    FROM series AS s
    INNER JOIN work.unit AS u USING (unit_id)
    INNER JOIN work.indicator AS i USING (indicator_id)
    INNER JOIN span AS p
        ON u.organisation_code = p.organisation_code AND s.months = p.months
        AND u.from_month <= p.start_month + p.months - 1 AND u.to_month >= p.start_month
    INNER JOIN due_year AS y
        ON s.unit_id = y.unit_id AND s.indicator_id = y.indicator_id
        AND y."year" = YEAR(p.period_end)
            + CASE WHEN u.year_offset > 0 AND MONTH(p.period_end) > u.year_offset THEN 1 ELSE 0 END
    LEFT JOIN work.consolidated AS f
        ON s.unit_id = f.unit_id AND s.indicator_id = f.indicator_id AND p.months = f.months
        AND p.start_month = f.start_month AND f.origin = 3 AND f.value IS NOT NULL
    WHERE f.unit_id IS NULL
        AND i.indicator_code NOT IN (SELECT UNNEST(CAST($about_reporting AS VARCHAR[])))
        AND (i.every_years = 1 OR (y."year" - s.first_year) % i.every_years = 0)
)

SELECT
    e.organisation_code, e.unit_code, e.grain, e.period_start, e.period_end, e.due_on, COUNT(*) AS expected,
    COUNT(c.recorded_at) AS reported,
    SUM(CASE WHEN c.recorded_at < e.due_before THEN 1 ELSE 0 END) AS in_time,
    MIN(c.recorded_at) AS first_reported_at, MAX(c.recorded_at) AS last_reported_at
FROM expected AS e
LEFT JOIN came AS c
    ON e.unit_id = c.unit_id AND e.indicator_id = c.indicator_id AND e.months = c.months
    AND e.start_month = c.start_month
CROSS JOIN work.cut AS t
WHERE e.period_start <= t.today
GROUP BY
    e.organisation_code, e.unit_code, e.unit_id, e.grain, e.months, e.period_start, e.period_end, e.due_on
ORDER BY e.unit_id, e.months, e.period_start
