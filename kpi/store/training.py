"""Who has solved which task of the training, without a name: a private file of lines that are only ever added.

Each line names a learner by a pseudonym that this store alone can make of an identity: its key lies beside the file and
is read by its owner alone. Knows no walk and no screen.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from kpi.errors import StoreError
from kpi.messages import mark, reason_of
from kpi.store.lock import held
from kpi.store.private import OWNERS_FILE, make_private_folder

FOLDER: Final = "training"
_STEPS: Final = "steps.jsonl"
_KEY: Final = "key"
_WAIT_SECONDS: Final = 10.0


@dataclass(frozen=True, slots=True)
class Step:
    """A task solved: by which pseudonym, for which unit, in which walk. `at` is UTC, ISO 8601."""

    at: str
    learner: str
    organisation_code: str
    unit_code: str
    walk: str
    task: str


def add_step(store: Path, identity: str, organisation_code: str, unit_code: str, walk: str, task: str) -> None:
    """Append that somebody has solved a task. Raises StoreError."""
    folder = Path(store) / FOLDER
    try:
        make_private_folder(folder)
        with held(folder / f"{_STEPS}.lock", _WAIT_SECONDS, mark("The training's file")):
            at = datetime.now(UTC).isoformat(timespec="seconds")
            step = Step(at, _pseudonym(folder, identity), organisation_code, unit_code, walk, task)
            _append(folder / _STEPS, json.dumps(asdict(step), ensure_ascii=False))
    except OSError as error:
        text = "{folder}: progress of the training can't be kept ({why}). Free the disk or mend the folder."
        raise StoreError(text, folder=folder, why=reason_of(error)) from error


def steps_of(store: Path, organisation_code: str) -> tuple[Step, ...]:
    """Return the steps of an organisation in the order in which they came; a line cut off by a kill is no step."""
    path = Path(store) / FOLDER / _STEPS
    if not path.exists():
        return ()
    steps = (_read(line) for line in path.read_bytes().split(b"\n"))
    return tuple(step for step in steps if step and step.organisation_code == organisation_code)


def own_steps(store: Path, identity: str, organisation_code: str) -> tuple[Step, ...]:
    """Return the steps of one identity in an organisation."""
    folder = Path(store) / FOLDER
    if not (folder / _KEY).exists():
        return ()
    learner = _pseudonym(folder, identity)
    return tuple(step for step in steps_of(store, organisation_code) if step.learner == learner)


def _pseudonym(folder: Path, identity: str) -> str:
    return hmac.new(_key(folder), identity.encode(), hashlib.sha256).hexdigest()[:32]


def _key(folder: Path) -> bytes:
    """Return the store's key; made by the first writer, who holds the lock."""
    path = folder / _KEY
    if not path.exists():
        made = path.with_name(f".{_KEY}-{secrets.token_hex(4)}")
        _append(made, secrets.token_hex(32))
        made.replace(path)
    return bytes.fromhex(path.read_text(encoding="ascii").strip())


def _append(path: Path, line: str) -> None:
    """Add a line and see it on the disk; what a kill cut off before it is closed first."""
    file = os.open(path, os.O_CREAT | os.O_RDWR | os.O_APPEND, OWNERS_FILE)
    try:
        size = os.fstat(file).st_size
        is_cut = size > 0 and os.pread(file, 1, size - 1) != b"\n"
        os.write(file, f"{chr(10) if is_cut else ''}{line}\n".encode())
        os.fsync(file)
    finally:
        os.close(file)


def _read(line: bytes) -> Step | None:
    try:
        return Step(**json.loads(line))
    except (ValueError, TypeError):
        return None
