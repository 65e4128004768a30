-- Adds that from now on one identity has the roles of this batch and no others. Grain: batch_number.
INSERT INTO assignment (batch_number, identity)
VALUES ($batch_number, $identity)
