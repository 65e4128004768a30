-- Takes away what is written anew: of the redone units and of the batches that changed; small tables whole. Grain: each table its own.
DELETE FROM snapshot.meta;
DELETE FROM snapshot.organisation;
DELETE FROM snapshot.unit;
DELETE FROM snapshot.batch;
DELETE FROM snapshot.profile_choice;
DELETE FROM snapshot.event;
DELETE FROM snapshot.alias;
DELETE FROM snapshot.statement;
DELETE FROM snapshot.period;

DELETE FROM snapshot.place WHERE batch_number IN (SELECT c.batch_number FROM changed_batch AS c);
DELETE FROM snapshot.batch_finding WHERE batch_number IN (SELECT c.batch_number FROM changed_batch AS c);

DELETE FROM snapshot.agreement AS t USING redone_unit AS r
WHERE t.organisation_code = r.organisation_code AND t.unit_code = r.unit_code;
DELETE FROM snapshot.carrier AS t USING redone_unit AS r
WHERE t.organisation_code = r.organisation_code AND t.unit_code = r.unit_code;
DELETE FROM snapshot.period_state AS t USING redone_unit AS r
WHERE t.organisation_code = r.organisation_code AND t.unit_code = r.unit_code;
DELETE FROM snapshot.commentary AS t USING redone_unit AS r
WHERE t.organisation_code = r.organisation_code AND t.unit_code = r.unit_code;
DELETE FROM snapshot.reported AS t USING redone_unit AS r
WHERE t.organisation_code = r.organisation_code AND t.unit_code = r.unit_code;
DELETE FROM snapshot.restatement AS t USING redone_unit AS r
WHERE t.organisation_code = r.organisation_code AND t.unit_code = r.unit_code;
DELETE FROM snapshot.reporting AS t USING redone_unit AS r
WHERE t.organisation_code = r.organisation_code AND t.unit_code = r.unit_code;
DELETE FROM snapshot.punctuality AS t USING redone_unit AS r
WHERE t.organisation_code = r.organisation_code AND t.unit_code = r.unit_code;

DELETE FROM snapshot.punctuality AS t USING changed_period AS c
WHERE t.organisation_code = c.organisation_code AND t.grain = c.grain AND t.period_start = c.period_start;

DELETE FROM snapshot.facts_by_unit AS f USING redone AS r
WHERE f.organisation_code = r.organisation_code AND f.unit_code = r.unit_code AND f.indicator_code = r.indicator_code
    AND f."year" = r."year";
DELETE FROM snapshot.facts_by_indicator AS f USING redone AS r
WHERE f.organisation_code = r.organisation_code AND f.unit_code = r.unit_code AND f.indicator_code = r.indicator_code
    AND f."year" = r."year";
DELETE FROM snapshot.finding AS f USING redone AS r
WHERE f.organisation_code = r.organisation_code AND f.unit_code = r.unit_code AND f.indicator_code = r.indicator_code
    AND f.period_start BETWEEN r.first_day AND r.last_day
