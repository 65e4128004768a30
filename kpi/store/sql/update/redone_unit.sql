-- One row per unit whose figures or comments changed, and per unit above it. Grain: unit_id.
CREATE TABLE redone_unit AS
WITH RECURSIVE line AS (
    SELECT t.unit_id FROM touched AS t
    UNION
    SELECT u.unit_id
    FROM record.commentary AS c
    SEMI JOIN changed_batch AS b USING (batch_number)
    INNER JOIN unit AS u USING (organisation_code, unit_code)
    UNION
    SELECT u.parent_id
    FROM line AS l
    INNER JOIN unit AS u USING (unit_id)
    WHERE u.parent_id IS NOT NULL
)

SELECT u.unit_id, u.organisation_code, u.unit_code, u."level"
FROM line AS l
INNER JOIN unit AS u USING (unit_id)
