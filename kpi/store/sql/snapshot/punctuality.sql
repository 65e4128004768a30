-- One row per unit and period in which it reports indicators at this grain. Grain: unit_code, period_start.
SELECT
    p.unit_code, p.period_start, p.period_end, p.due_on, p.expected, p.reported, p.in_time, p.first_reported_at,
    p.last_reported_at
FROM punctuality AS p
WHERE p.organisation_code = $organisation_code AND p.grain = $grain
    AND ($first IS NULL OR p.period_end >= $first)
    AND ($last IS NULL OR p.period_end <= $last)
ORDER BY p.unit_code, p.period_start
