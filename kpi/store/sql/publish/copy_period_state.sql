-- One row per state that was set and stands, the newest of each unit and period marked. Grain: organisation, unit, period, batch.
CREATE TABLE period_state AS
SELECT
    p.organisation_code, p.unit_code, u.unit_id, p.period_start, p.period_end, p.state, p.batch_number,
    ROW_NUMBER() OVER (
        PARTITION BY p.organisation_code, p.unit_code, p.period_start, p.period_end ORDER BY p.batch_number DESC
    ) = 1 AS is_current
FROM record.period_state AS p
INNER JOIN standing_batch AS s USING (batch_number)
INNER JOIN unit AS u USING (organisation_code, unit_code)
