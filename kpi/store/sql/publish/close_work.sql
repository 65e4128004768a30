-- From here on names mean the snapshot's own tables; the working ones are done with.
USE snapshot;
DETACH work
