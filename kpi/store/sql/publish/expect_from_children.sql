-- Adds what the units of a level expect of their children. Grain: unit_id, indicator_id, months, from_month, to_month, first_year.
INSERT INTO expectation
SELECT
    'children', u.parent_id, e.indicator_id, e.months, e.from_month, e.to_month, e.first_year, e.every_years,
    SUM(e.source_count)
FROM expectation AS e
INNER JOIN unit AS u USING (unit_id)
INNER JOIN indicator AS i USING (indicator_id)
WHERE e.basis = 'self' AND u.level = $level + 1 AND i.aggregation_over_units <> 'none'
GROUP BY u.parent_id, e.indicator_id, e.months, e.from_month, e.to_month, e.first_year, e.every_years
