-- One row per series of all other units and year with values: who owes figures of a period that is new. Grain: unit_id, indicator_id, year.
-- None of these units has a figure there yet: it would not be new.
CREATE OR REPLACE TABLE measurement AS
SELECT
    u.unit_id, i.indicator_id, MIN(l.months) AS months, CAST(NULL AS INTEGER) AS start_month,
    YEAR(r.period_start) + CASE WHEN u.year_offset > 0 AND MONTH(r.period_start) > u.year_offset THEN 1 ELSE 0 END
        AS "year",
    CAST(NULL AS BIGINT) AS batch_number
FROM snapshot.reported AS r
INNER JOIN unit AS u USING (organisation_code, unit_code)
INNER JOIN indicator AS i USING (organisation_code, indicator_code)
INNER JOIN length AS l ON r.grain = l.grain
WHERE r.value IS NOT NULL AND u.unit_id NOT IN (SELECT d.unit_id FROM redone_unit AS d)
GROUP BY
    u.unit_id, i.indicator_id,
    YEAR(r.period_start) + CASE WHEN u.year_offset > 0 AND MONTH(r.period_start) > u.year_offset THEN 1 ELSE 0 END
