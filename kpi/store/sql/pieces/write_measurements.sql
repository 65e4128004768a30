-- Writes the values that were ever reported as Parquet, a folder an organisation. Grain: organisation, unit, indicator, grain, period, batch.
-- Folders are numbered: Java reads names by the locale that it finds, and codes are any text.
COPY (
    SELECT
        m.organisation_code, m.unit_code, m.indicator_code, m.grain, m.period_start, m.period_end, m.value, m.numerator,
        m.denominator, m.multiplier, m.verification, m.note, m.corrects, m.line, m.batch_number, o.part
    FROM record.measurement AS m
    INNER JOIN (
        SELECT k.organisation_code, ROW_NUMBER() OVER (ORDER BY k.organisation_code) AS part
        FROM (SELECT DISTINCT o.organisation_code FROM record.organisation AS o) AS k
    ) AS o USING (organisation_code)
) TO $folder (FORMAT parquet, COMPRESSION zstd, PARTITION_BY (part), OVERWRITE_OR_IGNORE)
