-- Grain: none. Writes out what was changed in the copy, and lets go of it.
USE work;
CHECKPOINT snapshot;
DETACH snapshot
