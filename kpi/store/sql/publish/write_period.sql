-- One row per grain and period that has a value or a target. Grain: organisation_code, grain, period_start.
INSERT INTO snapshot.period
SELECT
    f.organisation_code, f.grain, f.period_start, f.period_end, MAX(f."year") AS "year", COUNT(f.value) AS value_count,
    COUNT(f.target) AS target_count, f.period_end < MAX(t.today) AS is_finished
FROM snapshot.facts_by_unit AS f
CROSS JOIN cut AS t
GROUP BY f.organisation_code, f.grain, f.period_start, f.period_end
ORDER BY f.organisation_code, f.grain, f.period_start
