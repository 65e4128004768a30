-- One row per level and length of period at which units state figures in the years at work. Grain: level, months.
SELECT DISTINCT o."level", o.months
FROM own AS o
ORDER BY o."level", o.months
