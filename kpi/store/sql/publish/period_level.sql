-- One row per unit and period that a state covers: how far it is checked (1 verified, 2 locked). Grain: unit_id, months, start_month.
-- A state covers its own period and every one that lies inside it.
CREATE TABLE period_level AS
SELECT
    s.unit_id, l.months, m.start_month, MAX(CASE s.state WHEN 'verified' THEN 1 WHEN 'locked' THEN 2 ELSE 0 END) AS "level"
FROM period_state AS s
CROSS JOIN length AS l
CROSS JOIN UNNEST(RANGE(
    CAST(YEAR(s.period_start) * 12 + MONTH(s.period_start) - 1 AS BIGINT),
    CAST(YEAR(s.period_end) * 12 + MONTH(s.period_end) - l.months + 1 AS BIGINT)
)) AS m (start_month)
WHERE s.is_current
GROUP BY s.unit_id, l.months, m.start_month
