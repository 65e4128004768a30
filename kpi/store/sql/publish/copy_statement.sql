-- One row per standing version of a statement, the newest of each marked. Grain: organisation_code, statement_code, batch_number.
CREATE TABLE statement AS
SELECT
    t.organisation_code, t.statement_code, t.unit_code, t.indicator_code, t."year", t.state, t.body, t.batch_number,
    ROW_NUMBER() OVER (PARTITION BY t.organisation_code, t.statement_code ORDER BY t.batch_number DESC) = 1
        AS is_current
FROM record.statement AS t
INNER JOIN standing_batch AS s USING (batch_number)
