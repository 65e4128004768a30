"""One opening of the record at a time, across processes; says who holds it. Knows nothing of what the record holds."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from kpi.errors import StoreError
from kpi.messages import Message, mark, reason_of


@contextmanager
def held(path: Path, wait_seconds: float, what: str = mark("The record")) -> Iterator[None]:
    """Hold the lock file `path` for the length of the block; a lock file that this made is taken away again.

    Who holds it (process id, command, since) stands beside it in `<path>.holder`. Raises StoreError that names the
    holder when the lock isn't free after `wait_seconds`.
    """
    from filelock import FileLock, Timeout  # loads 15 ms; who only reads locks nothing

    was_there = path.exists()
    lock = FileLock(path, timeout=wait_seconds)
    try:
        lock.acquire()
    except Timeout as error:
        text = "{path}: {what} is in use by {holder}. Waited {seconds:g} s; try again when it has finished."
        raise StoreError(text, path=path, what=Message(what), holder=_holder(path), seconds=wait_seconds) from error
    except OSError as error:
        text = "{path}: can't be locked ({why}). Allow this user to write in its folder."
        raise StoreError(text, path=path, why=reason_of(error)) from error
    note = _note_path(path)
    try:
        with suppress(OSError):  # a full disk must not keep the record shut: the note is a courtesy
            note.write_text(json.dumps(_self()), encoding="utf-8")
        yield
    finally:
        with suppress(OSError):  # Windows removes no open file; the lock must be given back all the same
            note.unlink(missing_ok=True)
            if not was_there:
                path.unlink(missing_ok=True)  # while held: those who wait see that it is another file, and start over
        lock.release()


def _note_path(path: Path) -> Path:
    return path.with_name(path.name + ".holder")


def _self() -> dict[str, str | int]:
    command = " ".join(Path(word).name if place == 0 else word for place, word in enumerate(sys.argv))
    since = datetime.now().astimezone().isoformat(sep=" ", timespec="seconds")
    return {"pid": os.getpid(), "command": command[:200], "since": since}


def _holder(path: Path) -> Message:
    try:
        note = json.loads(_note_path(path).read_text(encoding="utf-8"))
        values = {name: note[name] for name in ("pid", "command", "since")}
        return Message(mark("process {pid} ({command}) since {since}"), values)
    except (OSError, ValueError, KeyError):
        return Message(mark("another process"))
