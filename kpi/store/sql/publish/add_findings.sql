-- Adds a finding for each stated figure that its own periods, its child units or its own parts contradict. Grain: kind and fact.
-- Grain: kind, unit_id, indicator_id, months, start_month. Two figures differ when they do so at the indicator's decimals.
INSERT INTO finding
WITH compared AS (
    SELECT
        'differs_from_periods' AS kind, c.unit_id, c.indicator_id, c.start_month, c.own_value AS reported,
        c.periods_value AS other, c.periods_expected AS parts_expected, c.periods_present AS parts_present
    FROM candidate AS c
    UNION ALL
    SELECT
        'differs_from_units' AS kind, c.unit_id, c.indicator_id, c.start_month, c.own_value AS reported,
        c.units_value AS other,
        c.units_expected + GREATEST(COALESCE(e.children_parts, 0) - c.units_children_expected, 0) AS parts_expected,
        c.units_present AS parts_present
    FROM candidate AS c
    LEFT JOIN expected AS e
        ON c.unit_id = e.unit_id AND c.indicator_id = e.indicator_id AND c.start_month = e.start_month
    UNION ALL
    SELECT
        'differs_from_computed' AS kind, c.unit_id, c.indicator_id, c.start_month, c.own_value AS reported,
        c.computed_value AS other, 1 AS parts_expected, 1 AS parts_present
    FROM candidate AS c
)

SELECT
    d.kind, d.unit_id, d.indicator_id, $months AS months, d.start_month, d.reported, d.other,
    d.parts_expected, d.parts_present
FROM compared AS d
INNER JOIN indicator AS i USING (indicator_id)
WHERE ABS(d.reported - d.other) > 0.5000001 * POWER(10, -i.decimals)
    AND ABS(d.reported - d.other) > 1e-9 * ABS(d.reported)
UNION ALL
SELECT
    'outside_validity' AS kind, c.unit_id, c.indicator_id, $months AS months, c.start_month, c.own_value AS reported,
    NULL AS other, 0 AS parts_expected, 1 AS parts_present
FROM candidate AS c
INNER JOIN unit AS u USING (unit_id)
WHERE c.own_value IS NOT NULL
    AND (c.start_month > u.to_month OR c.start_month + $months - 1 < u.from_month)
