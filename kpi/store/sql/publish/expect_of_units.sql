-- Adds what is expected of the units of a level. Grain: unit_id, indicator_id, months, from_month, to_month, first_year.
-- A unit that reports values is one source. Else its children are the sources, while it exists; else its targets promise some.
INSERT INTO expectation
SELECT 'self', c.unit_id, c.indicator_id, c.months, u.from_month, u.to_month, c.first_year, c.every_years, 1
FROM carrier AS c
INNER JOIN unit AS u USING (unit_id)
WHERE u.level = $level
    AND (
        c.has_values = 1
        OR NOT EXISTS (
            SELECT 1
            FROM expectation AS e
            WHERE e.basis = 'children' AND e.unit_id = c.unit_id AND e.indicator_id = c.indicator_id
        )
    )
UNION ALL
SELECT
    'self', e.unit_id, e.indicator_id, e.months, GREATEST(e.from_month, u.from_month), LEAST(e.to_month, u.to_month),
    e.first_year, e.every_years, e.source_count
FROM expectation AS e
INNER JOIN unit AS u USING (unit_id)
WHERE e.basis = 'children' AND u.level = $level
    AND NOT EXISTS (
        SELECT 1
        FROM carrier AS c
        WHERE c.has_values = 1 AND c.unit_id = e.unit_id AND c.indicator_id = e.indicator_id
    )
