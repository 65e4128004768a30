-- One row per figure that units state themselves in some years. Grain: unit_id, indicator_id, months, start_month.
-- A reported value wins over the computed one.
CREATE OR REPLACE TABLE own AS
WITH stated AS (
    SELECT
        m.unit_id, m.indicator_id, m.months, m.start_month, m."year", m.value AS reported_value,
        m.numerator AS reported_numerator, m.denominator AS reported_denominator, m.multiplier AS reported_multiplier,
        m.verification AS reported_verification, m.batch_number AS reported_batch,
        CAST(NULL AS DOUBLE) AS computed_value, CAST(NULL AS DOUBLE) AS computed_numerator,
        CAST(NULL AS DOUBLE) AS computed_denominator, CAST(NULL AS DOUBLE) AS computed_multiplier,
        CAST(NULL AS INTEGER) AS computed_verification, CAST(NULL AS BIGINT) AS computed_batch,
        CAST(NULL AS DOUBLE) AS target, CAST(NULL AS DOUBLE) AS target_high, CAST(NULL AS BIGINT) AS target_batch
    FROM measurement AS m
    WHERE m."year" BETWEEN $first_year AND $last_year
    UNION ALL
    SELECT
        c.unit_id, c.indicator_id, c.months, c.start_month, c."year",
        NULL, NULL, NULL, NULL, NULL, NULL,
        c.value, c.numerator, c.denominator, c.multiplier, c.verification, c.batch_number,
        NULL, NULL, NULL
    FROM computed AS c
    WHERE c."year" BETWEEN $first_year AND $last_year
    UNION ALL
    SELECT
        t.unit_id, t.indicator_id, t.months, t.start_month, t."year",
        NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
        t.target, t.target_high, t.batch_number
    FROM target AS t
    WHERE t."year" BETWEEN $first_year AND $last_year
),

combined AS (
    SELECT
        s.unit_id, s.indicator_id, s.months, s.start_month, s."year",
        MAX(s.reported_value) AS reported_value, MAX(s.reported_numerator) AS reported_numerator,
        MAX(s.reported_denominator) AS reported_denominator, MAX(s.reported_multiplier) AS reported_multiplier,
        MAX(s.reported_verification) AS reported_verification, MAX(s.reported_batch) AS reported_batch,
        MAX(s.computed_value) AS computed_value, MAX(s.computed_numerator) AS computed_numerator,
        MAX(s.computed_denominator) AS computed_denominator, MAX(s.computed_multiplier) AS computed_multiplier,
        MAX(s.computed_verification) AS computed_verification, MAX(s.computed_batch) AS computed_batch,
        MAX(s.target) AS target, MAX(s.target_high) AS target_high, MAX(s.target_batch) AS target_batch
    FROM stated AS s
    GROUP BY s.unit_id, s.indicator_id, s.months, s.start_month, s."year"
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
