-- Adds the redone units' figures that stayed as they were: who reported in time counts them too. Grain: unit_id, indicator_id, months, start_month.
INSERT INTO consolidated BY NAME
SELECT
    d.unit_id, i.indicator_id, l.months,
    CAST(YEAR(f.period_start) * 12 + MONTH(f.period_start) - 1 AS INTEGER) AS start_month, f."year", f.value,
    CASE f.origin WHEN 'reported' THEN 0 WHEN 'computed' THEN 1 WHEN 'periods' THEN 2 ELSE 3 END AS origin
FROM snapshot.facts_by_unit AS f
INNER JOIN redone_unit AS d USING (organisation_code, unit_code)
INNER JOIN indicator AS i USING (organisation_code, indicator_code)
INNER JOIN length AS l ON f.grain = l.grain
ANTI JOIN redone AS r USING (organisation_code, unit_code, indicator_code, "year")
