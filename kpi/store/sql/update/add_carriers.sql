-- Adds the carriers of all other units, of the indicators to be made again, as the last snapshot has them. Grain: unit_id, indicator_id.
INSERT INTO carrier
SELECT u.unit_id, i.indicator_id, CAST(c.has_values AS INTEGER), c.months, c.first_year, c.every_years
FROM snapshot.carrier AS c
INNER JOIN unit AS u USING (organisation_code, unit_code)
INNER JOIN indicator AS i USING (organisation_code, indicator_code)
SEMI JOIN redone_indicator AS d ON i.indicator_id = d.indicator_id
ANTI JOIN redone_unit AS r ON u.unit_id = r.unit_id
