-- One row per figure of the last snapshot that a redone unit's is made of, but isn't made again. Grain: unit_id, indicator_id, months, start_month.
CREATE TABLE known_fact AS
WITH child AS (
    SELECT u.organisation_code, u.unit_code, u.unit_id, u."level"
    FROM unit AS u
    WHERE u.parent_id IN (SELECT r.unit_id FROM redone_unit AS r)
        AND u.unit_id NOT IN (SELECT r.unit_id FROM redone_unit AS r)
),

wanted AS (SELECT DISTINCT r.organisation_code, r.indicator_code, r.indicator_id, r."year" FROM redone AS r)

SELECT
    c.unit_id, c."level", w.indicator_id, l.months,
    CAST(YEAR(f.period_start) * 12 + MONTH(f.period_start) - 1 AS INTEGER) AS start_month, f."year", f.value,
    f.numerator, f.denominator, f.target, f.target_high, f.parts_expected, f.parts_present,
    CAST(f.is_partial_sum AS INTEGER) AS is_partial_sum,
    CASE f.verification WHEN 'reported' THEN 0 WHEN 'verified' THEN 1 WHEN 'locked' THEN 2 END AS verification,
    f.batch_number
FROM snapshot.facts_by_unit AS f
INNER JOIN child AS c USING (organisation_code, unit_code)
INNER JOIN wanted AS w USING (organisation_code, indicator_code, "year")
INNER JOIN length AS l ON f.grain = l.grain
