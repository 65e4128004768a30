-- One row per series and year of the organisation in which a figure changed. Grain: unit_id, indicator_id, year.
CREATE TABLE touched AS
SELECT DISTINCT
    u.unit_id, u.organisation_code, i.indicator_id,
    CAST(YEAR(k.period_start) + CASE
        WHEN u.year_offset > 0 AND MONTH(k.period_start) > u.year_offset THEN 1 ELSE 0
    END AS INTEGER) AS "year"
FROM (
    SELECT m.organisation_code, m.unit_code, m.indicator_code, m.period_start
    FROM record.measurement AS m
    SEMI JOIN changed_batch AS c USING (batch_number)
    UNION ALL
    SELECT t.organisation_code, t.unit_code, t.indicator_code, t.period_start
    FROM record.target AS t
    SEMI JOIN changed_batch AS c USING (batch_number)
) AS k
INNER JOIN unit AS u USING (organisation_code, unit_code)
INNER JOIN indicator AS i USING (organisation_code, indicator_code)
