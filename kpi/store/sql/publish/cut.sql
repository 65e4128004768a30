-- One row: the day the snapshot is made for. Grain: the snapshot.
CREATE TABLE cut AS
SELECT CAST($today AS DATE) AS today
