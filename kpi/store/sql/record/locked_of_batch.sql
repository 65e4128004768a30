-- One row per figure of a batch that is in force and locked. Grain: organisation, unit, indicator, grain, period.
-- A figure is locked by its own verification, or by a locked period of its unit that covers it; a target by its value.
WITH own AS (
    SELECT m.organisation_code, m.unit_code, m.indicator_code, m.grain, m.period_start, m.period_end
    FROM measurement AS m
    WHERE m.batch_number = $batch_number
    UNION
    SELECT t.organisation_code, t.unit_code, t.indicator_code, t.grain, t.period_start, t.period_end
    FROM target AS t
    WHERE t.batch_number = $batch_number
),

standing_measurement AS (
    SELECT
        m.organisation_code, m.unit_code, m.indicator_code, m.grain, m.period_start,
        MAX(m.batch_number) AS batch_number, MAX_BY(m.verification, m.batch_number) AS verification
    FROM measurement AS m
    SEMI JOIN standing_batch AS b USING (batch_number)
    SEMI JOIN own AS o USING (organisation_code, unit_code, indicator_code, grain, period_start)
    GROUP BY m.organisation_code, m.unit_code, m.indicator_code, m.grain, m.period_start
),

standing_target AS (
    SELECT
        t.organisation_code, t.unit_code, t.indicator_code, t.grain, t.period_start,
        MAX(t.batch_number) AS batch_number
    FROM target AS t
    SEMI JOIN standing_batch AS b USING (batch_number)
    SEMI JOIN own AS o USING (organisation_code, unit_code, indicator_code, grain, period_start)
    GROUP BY t.organisation_code, t.unit_code, t.indicator_code, t.grain, t.period_start
),

state AS (
    SELECT
        p.organisation_code, p.unit_code, p.period_start, p.period_end, p.state,
        ROW_NUMBER() OVER (
            PARTITION BY p.organisation_code, p.unit_code, p.period_start, p.period_end ORDER BY p.batch_number DESC
        ) AS age
    FROM period_state AS p
    SEMI JOIN standing_batch AS b USING (batch_number)
)

SELECT o.unit_code, o.indicator_code, o.grain, o.period_start, o.period_end
FROM own AS o
LEFT JOIN standing_measurement AS m USING (organisation_code, unit_code, indicator_code, grain, period_start)
LEFT JOIN standing_target AS t USING (organisation_code, unit_code, indicator_code, grain, period_start)
WHERE $batch_number IN (m.batch_number, t.batch_number)
    AND (
        m.verification = 'locked'
        OR EXISTS (
            SELECT 1
            FROM state AS s
            WHERE s.age = 1 AND s.state = 'locked' AND s.organisation_code = o.organisation_code
                AND s.unit_code = o.unit_code AND s.period_start <= o.period_start AND s.period_end >= o.period_end
        )
    )
ORDER BY o.unit_code, o.indicator_code, o.period_start, o.grain
