-- One row per organisation, its newest standing version. Grain: organisation_code.
CREATE TABLE organisation AS
WITH version AS (
    SELECT
        o.organisation_code, o.name, o.year_starts_in, o.is_synthetic,
        ROW_NUMBER() OVER (PARTITION BY o.organisation_code ORDER BY o.batch_number DESC) AS age
    FROM record.organisation AS o
    INNER JOIN standing_batch AS s USING (batch_number)
)

SELECT v.organisation_code, v.name, v.year_starts_in, v.is_synthetic, v.year_starts_in - 1 AS year_offset
FROM version AS v
WHERE v.age = 1
