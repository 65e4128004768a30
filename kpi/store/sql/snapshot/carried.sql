-- One row per unit and indicator with a figure in a span, of the indicator's own length or of a year. Grain: unit, indicator.
SELECT DISTINCT f.unit_code, f.indicator_code
FROM facts_by_unit AS f
INNER JOIN indicator AS i
    ON f.organisation_code = i.organisation_code AND f.indicator_code = i.indicator_code AND f.grain IN (i.grain, 'year')
WHERE f.organisation_code = $organisation_code
    AND f.unit_code IN (SELECT UNNEST(CAST($unit_codes AS VARCHAR[])))
    AND f.period_end BETWEEN $first AND $last
ORDER BY f.unit_code, f.indicator_code
