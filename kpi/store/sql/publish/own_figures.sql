-- One row per figure that units state themselves in some years. Grain: unit_id, indicator_id, months, start_month.
-- A reported value wins over the computed one.
CREATE OR REPLACE TEMP TABLE own AS
WITH reported AS (SELECT m.* FROM measurement AS m WHERE m."year" BETWEEN $first_year AND $last_year),

made AS (SELECT c.* FROM computed AS c WHERE c."year" BETWEEN $first_year AND $last_year),

promised AS (SELECT t.* FROM target AS t WHERE t."year" BETWEEN $first_year AND $last_year),

combined AS (
    SELECT
        unit_id, indicator_id, months, start_month, COALESCE(r."year", m."year", p."year") AS "year",
        r.value AS reported_value, r.numerator AS reported_numerator, r.denominator AS reported_denominator,
        r.multiplier AS reported_multiplier, r.verification AS reported_verification,
        r.batch_number AS reported_batch, m.value AS computed_value, m.numerator AS computed_numerator,
        m.denominator AS computed_denominator, m.multiplier AS computed_multiplier,
        m.verification AS computed_verification, m.batch_number AS computed_batch, p.target, p.target_high,
        p.batch_number AS target_batch
    FROM reported AS r
    FULL JOIN made AS m USING (unit_id, indicator_id, months, start_month)
    FULL JOIN promised AS p USING (unit_id, indicator_id, months, start_month)
)

SELECT
    u.level, c.unit_id, c.indicator_id, CAST(c.months AS INTEGER) AS months, c.start_month,
    CAST(c."year" AS INTEGER) AS "year", COALESCE(c.reported_value, c.computed_value) AS value,
    CASE WHEN c.reported_value IS NOT NULL THEN c.reported_numerator ELSE c.computed_numerator END AS numerator,
    CASE WHEN c.reported_value IS NOT NULL THEN c.reported_denominator ELSE c.computed_denominator END AS denominator,
    CASE WHEN c.reported_value IS NOT NULL THEN c.reported_multiplier ELSE c.computed_multiplier END AS multiplier,
    CASE WHEN c.reported_value IS NOT NULL THEN c.computed_value END AS computed_value,
    c.target, c.target_high,
    CAST(COALESCE(c.reported_verification, c.computed_verification) AS INTEGER) AS verification,
    CASE WHEN c.reported_value IS NULL AND c.computed_value IS NOT NULL THEN 1 ELSE 0 END AS origin,
    GREATEST(
        COALESCE(CASE WHEN c.reported_value IS NOT NULL THEN c.reported_batch ELSE c.computed_batch END, 0),
        COALESCE(c.target_batch, 0)
    ) AS batch_number
FROM combined AS c
INNER JOIN unit AS u USING (unit_id)
