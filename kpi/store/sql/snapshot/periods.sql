-- One row per grain and period with a value or a target, finest grain first. Grain: grain, period_start.
SELECT p.grain, p.period_start, p.period_end, p."year", p.value_count, p.target_count, p.is_finished
FROM period AS p
WHERE p.organisation_code = $organisation_code
ORDER BY CASE p.grain WHEN 'month' THEN 1 WHEN 'quarter' THEN 3 WHEN 'semester' THEN 6 ELSE 12 END, p.period_start
