-- One row per occasion: whose, and of which period. Grain: occasion.
SELECT u.unit_code, o.grain, o.period_start, o.period_end, o."year", o.is_to_date
FROM occasion AS o
INNER JOIN numbered_unit AS u USING (unit_number)
ORDER BY o.occasion
