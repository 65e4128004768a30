-- One row per length of period at which units of a level have figures that aren't made again. Grain: months.
SELECT DISTINCT k.months
FROM known_fact AS k
WHERE k."level" = $level AND k."year" BETWEEN $first_year AND $last_year
ORDER BY k.months
