-- One row per period that had no figure before, with the deadline that was stated (null: none). Grain: organisation_code, grain, period_start.
SELECT p.organisation_code, p.grain, p.period_start, p.period_end, r.working_days
FROM work.changed_period AS c
INNER JOIN snapshot.period AS p USING (organisation_code, grain, period_start)
LEFT JOIN work.reporting_rule AS r ON p.organisation_code = r.organisation_code AND p.grain = r.grain
WHERE c.is_new
ORDER BY p.organisation_code, p.grain, p.period_start
