-- Grain: none. Lets go of the people's record.
DETACH record
