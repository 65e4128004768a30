-- One row per unit and period with figures, by number: an index is made of each. Grain: occasion.
CREATE OR REPLACE TEMP TABLE occasion AS
SELECT
    CAST(ROW_NUMBER() OVER (ORDER BY d.unit_number, d.grain, d.is_to_date, d.period_start) - 1 AS INTEGER) AS occasion,
    d.unit_number, d.grain, d.period_start, d.period_end, d."year", d.is_to_date
FROM (
    SELECT DISTINCT f.unit_number, f.grain, f.period_start, f.period_end, f."year", f.is_to_date
    FROM figure AS f
) AS d
