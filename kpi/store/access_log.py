"""The log of who looked at whom and who was refused: one append-only file of JSON lines per process, chained.

Each line carries the digest of the line before it, the first that of the file's name: a line that is changed, removed
or put in between breaks the chain. What was cut off a file's end, or removed with the file, shows as far as a publish
had folded it in before (`kpi.store.access_folding`).
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import threading
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from kpi.errors import StoreError
from kpi.messages import reason_of
from kpi.store.private import OWNERS_FILE, make_private_folder

FOLDER: Final = Path("access") / "log"
LOOK: Final = "look"
REFUSED: Final = "refused"
ROLES: Final = "roles"
ENTERED: Final = "entered"
_ACTS: Final = frozenset({LOOK, REFUSED, ROLES, ENTERED})


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened: `act` is look, refused, roles or entered.

    `at` is UTC, ISO 8601; `what` an English text, in the catalogues where it is marked; `whom` the identity whose roles
    were changed.
    """

    at: str
    act: str
    who: str
    roles: str
    organisation_code: str
    employee_code: str
    unit_code: str
    what: str
    whom: str = ""


@dataclass(frozen=True, slots=True)
class LogFile:
    """One process's file as read: its sound lines, the digest of each, and what is wrong after them ('' = nothing)."""

    name: str
    entries: tuple[Entry, ...]
    digests: tuple[str, ...]
    fault: str

    def holds(self, lines: int, digest: str) -> bool:
        """Return whether the file still has its first `lines` lines, the last of them with `digest`."""
        return lines <= len(self.digests) and self.digests[lines - 1] == digest


class AccessLog:
    """The file of this process in one store; use `log_of`, threads share it."""

    def __init__(self, store: Path) -> None:
        self._folder = Path(store) / FOLDER
        self._writing = threading.Lock()
        self._file: int | None = None
        self._digest = ""

    def add(
        self,
        act: str,
        who: str,
        roles: str,
        what: str,
        *,
        organisation_code: str = "",
        employee_code: str = "",
        unit_code: str = "",
        whom: str = "",
    ) -> None:
        """Append one entry and see it on the disk. Raises StoreError: what can't be logged must not happen."""
        now = written_time(datetime.now(UTC))
        self._append([Entry(now, act, who, roles, organisation_code, employee_code, unit_code, what, whom)])

    def add_all(
        self, act: str, who: str, roles: str, what: str, *, organisation_code: str, employee_codes: Sequence[str]
    ) -> None:
        """Append an entry for each of several employees, at once. Raises StoreError as `add`."""
        now = written_time(datetime.now(UTC))
        self._append([Entry(now, act, who, roles, organisation_code, code, "", what) for code in employee_codes])

    def _append(self, entries: Sequence[Entry]) -> None:
        if not entries:
            return
        with self._writing:
            try:
                file = self._opened()
                lines, digest = [], self._digest
                for entry in entries:
                    digest = _digest(digest, entry)
                    lines.append(json.dumps({**asdict(entry), "digest": digest}, ensure_ascii=False) + "\n")
                os.write(file, "".join(lines).encode())
                os.fsync(file)
            except OSError as error:
                text = (
                    "{folder}: the access log can't be written ({why}), so nothing was shown. Free the disk or mend it."
                )
                raise StoreError(text, folder=self._folder, why=reason_of(error)) from error
            self._digest = digest

    def _opened(self) -> int:
        if self._file is None:
            make_private_folder(self._folder.parent)
            make_private_folder(self._folder)
            started = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
            name = f"{started}-{os.getpid()}-{secrets.token_hex(4)}.jsonl"
            flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_APPEND
            self._file = os.open(self._folder / name, flags, OWNERS_FILE)
            self._digest = _first(name)
        return self._file


_logs: dict[tuple[int, Path], AccessLog] = {}
_making = threading.Lock()


def log_of(store: Path) -> AccessLog:
    """Return this process's log of a store: the same one to all threads, another one after a fork."""
    key = (os.getpid(), Path(store).resolve())
    with _making:
        return _logs.setdefault(key, AccessLog(key[1]))


def read_logs(store: Path) -> list[LogFile]:
    """Return all files of a store's log, by name. A last line that a killed process left unfinished is no fault."""
    folder = Path(store) / FOLDER
    return [_read(path) for path in sorted(folder.glob("*.jsonl"))] if folder.is_dir() else []


def read_newest_logs(store: Path, most_files: int, most_bytes: int) -> tuple[list[LogFile], int]:
    """Return the files that were written last, the newest first, and how many others there are.

    At least one, and no more than `most_files` or `most_bytes` together: what a page reads on each of its runs.
    """
    folder = Path(store) / FOLDER
    known = [(path, path.stat()) for path in folder.glob("*.jsonl")] if folder.is_dir() else []
    newest = sorted(known, key=lambda pair: (pair[1].st_mtime_ns, pair[0].name), reverse=True)
    room, read = most_bytes, []
    for path, about in newest[:most_files]:
        room -= about.st_size
        if read and room < 0:
            break
        read.append(_read(path))
    return read, len(newest) - len(read)


def chained(name: str, entries: Sequence[Entry]) -> list[str]:
    """Return the digest of each line that a file of this name has with these entries."""
    digests, digest = [], _first(name)
    for entry in entries:
        digest = _digest(digest, entry)
        digests.append(digest)
    return digests


def _read(path: Path) -> LogFile:
    entries: list[Entry] = []
    digests: list[str] = []
    fault = ""
    *lines, _unfinished = path.read_bytes().split(b"\n")
    digest = _first(path.name)
    for number, line in enumerate(lines, start=1):
        try:
            said = json.loads(line)
            claimed = said.pop("digest")
            entry = _entry(said)
        except (ValueError, KeyError, TypeError, AttributeError):
            fault = f"line {number} can't be read"
            break
        digest = _digest(digest, entry)
        if claimed != digest:
            fault = f"line {number} doesn't follow from the one before it"
            break
        entries.append(entry)
        digests.append(digest)
    return LogFile(path.name, tuple(entries), tuple(digests), fault)


def _entry(said: dict[str, str]) -> Entry:
    """Return what a line says. Raises ValueError or TypeError where this program never wrote it so."""
    entry = Entry(**said)
    is_text = all(isinstance(value, str) for value in said.values())
    if not is_text or entry.act not in _ACTS or entry.at != written_time(datetime.fromisoformat(entry.at)):
        raise ValueError(said)
    return entry


def written_time(at: datetime) -> str:
    """Return how the log writes a time with a zone: UTC, to the millisecond."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds")


def _first(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()


def _digest(before: str, entry: Entry) -> str:
    said = json.dumps(asdict(entry), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(f"{before}\n{said}".encode()).hexdigest()
