-- One row per kept loss of those indices. Grain: unit_code, grain, period_start, is_to_date, source_unit_code, indicator_code.
SELECT
    x.unit_code, x.grain, x.period_start, x.period_end, x.is_to_date, x.source_unit_code, x.indicator_code, x.loss
FROM snapshot.loss AS x
INNER JOIN work.unit AS u USING (organisation_code, unit_code)
WHERE x.organisation_code = $organisation_code
    AND x.period_start BETWEEN (SELECT MIN(r.first_day) FROM work.redone AS r WHERE r.organisation_code = $organisation_code AND r."year" = $year)
    AND (SELECT MAX(r.last_day) FROM work.redone AS r WHERE r.organisation_code = $organisation_code AND r."year" = $year)
    AND u.parent_id IN (SELECT r.unit_id FROM work.redone_unit AS r)
    AND u.unit_id NOT IN (SELECT r.unit_id FROM work.redone_unit AS r)
ORDER BY x.unit_code, x.grain, x.period_start, x.is_to_date, x.loss DESC, x.source_unit_code, x.indicator_code
