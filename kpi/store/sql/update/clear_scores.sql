-- Takes away the indices and losses that are made again. Grain: unit, period.
DELETE FROM snapshot.unit_index AS x USING (
    SELECT DISTINCT r.organisation_code, r.unit_code, r.first_day, r.last_day FROM work.redone AS r
) AS r
WHERE x.organisation_code = r.organisation_code AND x.unit_code = r.unit_code
    AND x.period_start BETWEEN r.first_day AND r.last_day;
DELETE FROM snapshot.loss AS x USING (
    SELECT DISTINCT r.organisation_code, r.unit_code, r.first_day, r.last_day FROM work.redone AS r
) AS r
WHERE x.organisation_code = r.organisation_code AND x.unit_code = r.unit_code
    AND x.period_start BETWEEN r.first_day AND r.last_day
