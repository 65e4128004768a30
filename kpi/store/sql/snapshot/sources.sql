-- One row per value and per target that a unit reported, with its file and cell. Grain: grain, period_start, field.
WITH stated AS (
    SELECT
        r.grain, r.period_start, r.period_end, 'value' AS field, r.value AS figure, r.batch_number, r.line, r.note
    FROM reported AS r
    WHERE r.organisation_code = $organisation_code AND r.unit_code = $unit_code
        AND r.indicator_code = $indicator_code AND r.value IS NOT NULL
    UNION ALL
    SELECT
        r.grain, r.period_start, r.period_end, 'target' AS field, r.target AS figure,
        r.target_batch_number AS batch_number, r.target_line AS line, NULL AS note
    FROM reported AS r
    WHERE r.organisation_code = $organisation_code AND r.unit_code = $unit_code
        AND r.indicator_code = $indicator_code AND r.target IS NOT NULL
)

SELECT
    s.grain, s.period_start, s.period_end, s.field, s.figure, s.batch_number, s.line, b.file_name, b.made_by,
    b.recorded_at, s.note, p.sheet, p.cell
FROM stated AS s
INNER JOIN batch AS b USING (batch_number)
LEFT JOIN place AS p ON s.batch_number = p.batch_number AND s.line = p.line AND s.field = p.field
WHERE ($first IS NULL OR s.period_end >= $first) AND ($last IS NULL OR s.period_end <= $last)
ORDER BY s.period_end, s.period_start, s.field DESC
