-- Copies the record without its figures. Grain: each table its own; the rows of all but measurement and target.
COPY FROM DATABASE record TO definitions (SCHEMA);

INSERT INTO definitions.batch BY NAME FROM record.batch;
INSERT INTO definitions.organisation BY NAME FROM record.organisation;
INSERT INTO definitions.unit BY NAME FROM record.unit;
INSERT INTO definitions.indicator BY NAME FROM record.indicator;
INSERT INTO definitions.agreement BY NAME FROM record.agreement;
INSERT INTO definitions.profile_choice BY NAME FROM record.profile_choice;
INSERT INTO definitions.event BY NAME FROM record.event;
INSERT INTO definitions.alias BY NAME FROM record.alias;
INSERT INTO definitions.batch_finding BY NAME FROM record.batch_finding;
INSERT INTO definitions.period_state BY NAME FROM record.period_state;
INSERT INTO definitions.reporting_rule BY NAME FROM record.reporting_rule;
INSERT INTO definitions.commentary BY NAME FROM record.commentary;
INSERT INTO definitions.statement BY NAME FROM record.statement;
INSERT INTO definitions.place BY NAME FROM record.place
