-- One row per indicator with a changed figure, and per indicator that is computed from one. Grain: indicator_id.
CREATE TABLE redone_indicator AS
SELECT t.indicator_id FROM touched AS t
UNION
SELECT i.indicator_id
FROM touched AS t
INNER JOIN indicator AS p USING (indicator_id)
INNER JOIN indicator AS i
    ON p.organisation_code = i.organisation_code
    AND (p.indicator_code = i.numerator_indicator_code OR p.indicator_code = i.denominator_indicator_code)
