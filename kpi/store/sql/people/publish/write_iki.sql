-- Copies each standing version, with who entered it and when. Grain: organisation, employee_code, indicator_code, batch.
INSERT INTO snapshot.iki
SELECT
    t.organisation_code, t.employee_code, t.indicator_code, t.name, t."cascade", t.unit_of_measure, t.polarity,
    t.grain, t.multiplier, t.decimals, t.from_unit_code, t.from_indicator_code, t.batch_number, b.recorded_at,
    b.made_by,
    ROW_NUMBER() OVER (
        PARTITION BY t.organisation_code, t.employee_code, t.indicator_code ORDER BY t.batch_number DESC
    ) = 1 AS is_newest
FROM record.iki AS t
INNER JOIN record.standing_batch AS b USING (batch_number)
ORDER BY t.organisation_code, t.employee_code, t.indicator_code, t.batch_number
