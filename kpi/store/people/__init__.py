"""The people's record and its private snapshots: as the figures', but their owner alone may read the files."""
