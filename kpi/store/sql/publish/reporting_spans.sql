-- One row per period that figures can be due for, with the deadline that was stated (null: none). Grain: organisation_code, grain, period_start.
SELECT p.organisation_code, p.grain, p.period_start, p.period_end, r.working_days
FROM snapshot.period AS p
LEFT JOIN work.reporting_rule AS r ON p.organisation_code = r.organisation_code AND p.grain = r.grain
ORDER BY p.organisation_code, p.grain, p.period_start
