-- Writes the periods that have a value or a target, counted on. Grain: organisation_code, grain, period_start.
INSERT INTO snapshot.period
SELECT
    p.organisation_code, p.grain, p.period_start, p.period_end, p."year", p.value_count, p.target_count,
    p.period_end < t.today AS is_finished
FROM period_now AS p
CROSS JOIN cut AS t
ORDER BY p.organisation_code, p.grain, p.period_start
