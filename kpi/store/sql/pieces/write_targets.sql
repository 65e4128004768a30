-- Writes the targets that were ever stated as Parquet, a folder an organisation. Grain: organisation, unit, indicator, grain, period, batch.
COPY (
    SELECT
        t.organisation_code, t.unit_code, t.indicator_code, t.grain, t.period_start, t.period_end, t.target,
        t.target_high, t.corrects, t.line, t.batch_number, o.part
    FROM record.target AS t
    INNER JOIN (
        SELECT k.organisation_code, ROW_NUMBER() OVER (ORDER BY k.organisation_code) AS part
        FROM (SELECT DISTINCT o.organisation_code FROM record.organisation AS o) AS k
    ) AS o USING (organisation_code)
) TO $folder (FORMAT parquet, COMPRESSION zstd, PARTITION_BY (part), OVERWRITE_OR_IGNORE)
