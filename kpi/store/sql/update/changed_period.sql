-- One row per period that had no figure before, or has none any more. Grain: organisation_code, grain, period_start.
CREATE TABLE changed_period AS
SELECT organisation_code, grain, period_start, n.organisation_code IS NOT NULL AS is_new
FROM period_now AS n
FULL JOIN snapshot.period AS p USING (organisation_code, grain, period_start)
WHERE n.organisation_code IS NULL OR p.organisation_code IS NULL
