"""Files and folders that their owner alone may read, whatever the umask of the process says. Knows no content."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from kpi.store.engine import connect

OWNERS_FILE: Final = 0o600
OWNERS_FOLDER: Final = 0o700


def make_private_file(path: Path) -> None:
    """Make an empty DuckDB file at `path` that nobody else could ever open; one that is there becomes private."""
    if path.exists():
        path.chmod(OWNERS_FILE)
        return
    with tempfile.TemporaryDirectory(prefix=".", dir=path.parent) as closed:  # mode 0700
        made = Path(closed) / path.name
        connect(made).close()
        made.chmod(OWNERS_FILE)
        made.replace(path)


def make_private_folder(path: Path) -> None:
    """Make the folder `path`, or make the one that is there private."""
    path.mkdir(mode=OWNERS_FOLDER, parents=True, exist_ok=True)
    path.chmod(OWNERS_FOLDER)


def guard_log(path: Path) -> None:
    """Make the log that DuckDB will write beside the open file `path`, so that it does not make one for all to read."""
    if not _log_of(path).exists():
        os.close(os.open(_log_of(path), os.O_CREAT | os.O_EXCL | os.O_WRONLY, OWNERS_FILE))


@contextmanager
def private_log(path: Path) -> Iterator[None]:
    """Leave no empty log behind when the file has been closed."""
    try:
        yield
    finally:
        log = _log_of(path)
        if log.exists() and log.stat().st_size == 0:
            log.unlink()


def _log_of(path: Path) -> Path:
    return path.with_name(path.name + ".wal")
