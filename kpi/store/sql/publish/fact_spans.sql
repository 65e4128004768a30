-- One row per organisation, year, grain and end of a period with facts, and how many. Grain: organisation_code, year, grain, period_end.
SELECT f.organisation_code, f."year", f.grain, f.period_end, COUNT(*) AS facts
FROM facts_by_unit AS f
GROUP BY f.organisation_code, f."year", f.grain, f.period_end
ORDER BY f.organisation_code, f."year", f.grain, f.period_end
