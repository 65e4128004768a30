-- One row per unit that reports figures itself: how many indicators are due for the period, how many have a value.
-- Grain: unit_code. Due are those whose own grain is no longer than the period, in a unit that was valid then.
WITH due AS (
    SELECT c.unit_code, COUNT(*) AS expected
    FROM carrier AS c
    INNER JOIN unit AS u ON c.organisation_code = u.organisation_code AND c.unit_code = u.unit_code
    WHERE c.organisation_code = $organisation_code AND c.has_values
        AND c.months <= CASE $grain WHEN 'month' THEN 1 WHEN 'quarter' THEN 3 WHEN 'semester' THEN 6 ELSE 12 END
        AND (c.every_years = 1 OR ($year - c.first_year) % c.every_years = 0)
        AND (u.valid_from IS NULL OR u.valid_from <= $period_end)
        AND (u.valid_to IS NULL OR u.valid_to >= $period_start)
    GROUP BY c.unit_code
)

SELECT d.unit_code, d.expected, LEAST(COALESCE(r.reported, 0), d.expected) AS reported
FROM due AS d
LEFT JOIN reporting AS r
    ON r.organisation_code = $organisation_code AND d.unit_code = r.unit_code AND r.grain = $grain
    AND r.period_end = $period_end
ORDER BY d.unit_code
