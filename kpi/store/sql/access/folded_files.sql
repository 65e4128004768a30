-- One row per log file, how far it is folded in. Grain: name.
SELECT
    f.file_name AS "name",
    MAX(f.lines) AS lines,
    ARG_MAX(f.digest, f.lines) AS digest
FROM folded_file AS f
GROUP BY f.file_name
ORDER BY f.file_name
