-- Copies each standing version, with who entered it and when. Grain: organisation, employee_code, valid_from, batch.
INSERT INTO snapshot.employee
SELECT
    t.organisation_code, t.employee_code, t.name, t.position, t.unit_code, t.valid_from, t.valid_to, t.superior_code,
    t.functional_level, t.batch_number, b.recorded_at, b.made_by,
    ROW_NUMBER() OVER (
        PARTITION BY t.organisation_code, t.employee_code, t.valid_from ORDER BY t.batch_number DESC
    ) = 1 AS is_newest
FROM record.employee AS t
INNER JOIN record.standing_batch AS b USING (batch_number)
ORDER BY t.organisation_code, t.employee_code, t.valid_from, t.batch_number
