-- One row per grain and period that has a value or a target, counted on from the last snapshot. Grain: organisation_code, grain, period_start.
CREATE TABLE period_now AS
WITH counted AS (
    SELECT p.organisation_code, p.grain, p.period_start, p.period_end, p."year", p.value_count, p.target_count
    FROM snapshot.period AS p
    UNION ALL
    SELECT
        f.organisation_code, f.grain, f.period_start, f.period_end, f."year",
        CASE WHEN f.value IS NULL THEN 0 ELSE -1 END, CASE WHEN f.target IS NULL THEN 0 ELSE -1 END
    FROM snapshot.facts_by_unit AS f
    SEMI JOIN redone AS r USING (organisation_code, unit_code, indicator_code, "year")
    UNION ALL
    SELECT
        p.organisation_code, p.grain, p.period_start, p.period_end, p."year",
        CASE WHEN p.value IS NULL THEN 0 ELSE 1 END, CASE WHEN p.target IS NULL THEN 0 ELSE 1 END
    FROM presented AS p
)

SELECT
    c.organisation_code, c.grain, c.period_start, c.period_end, MAX(c."year") AS "year",
    CAST(SUM(c.value_count) AS BIGINT) AS value_count, CAST(SUM(c.target_count) AS BIGINT) AS target_count
FROM counted AS c
GROUP BY c.organisation_code, c.grain, c.period_start, c.period_end
HAVING SUM(c.value_count) > 0 OR SUM(c.target_count) > 0
