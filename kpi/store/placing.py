"""Where a snapshot in the making lies, and how it becomes the one that readers see. Knows nothing of what is in it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Final

from kpi.errors import StoreError
from kpi.messages import mark, reason_of
from kpi.model import SnapshotMeta
from kpi.store.lock import held
from kpi.store.opening import FILE_NAME
from kpi.store.snapshot import Snapshot
from kpi.store.versions import current_version, folder_of, make_current, path_of, prune, versions_known_at

NOT_PUBLISHED: Final = mark("{store}: could not publish ({why}). Readers keep the snapshot they have.")
WAIT_FOR_RECORD: Final = 120.0
_WAIT_FOR_PUBLISHER: Final = 900.0


@contextmanager
def making_folder(store: Path) -> Iterator[Path]:
    """Give the folder to make a snapshot in, alone among all publishers, and clear it away at the end.

    Raises StoreError when there is no record, another publisher doesn't finish, or the disk refuses.
    """
    if not (store / FILE_NAME).exists():
        text = "{store}: there is no record to publish. Run `python -m kpi demo`, or import a file."
        raise StoreError(text, store=store)
    folder = folder_of(store)
    folder.mkdir(exist_ok=True)
    with held(folder / "publish.lock", _WAIT_FOR_PUBLISHER, mark("Publishing")):
        making = folder / ".making"
        shutil.rmtree(making, ignore_errors=True)  # what a killed publish may have left
        try:
            making.mkdir()
            yield making
        except OSError as error:
            raise StoreError(NOT_PUBLISHED, store=store, why=reason_of(error)) from error
        finally:
            shutil.rmtree(making, ignore_errors=True)


def put_in_place(store: Path, made: Path, meta: SnapshotMeta, keep: int) -> SnapshotMeta:
    """Give the file `made` its name, point readers to it unless it shows the past, and prune."""
    made.replace(path_of(store, meta.version))
    if meta.as_known_at is None:
        make_current(store, meta.version)
    prune(store, keep)
    return Snapshot.open(store, meta.version).meta


def kept_meta(store: Path, record_version: int, today: date, as_known_at: date | None) -> SnapshotMeta | None:
    """Return what says the same already: the current snapshot, or of the past one that is kept; else None."""
    wanted = (record_version, today, as_known_at)
    try:
        versions = [current_version(store)] if as_known_at is None else versions_known_at(store, as_known_at)
        for version in versions:
            meta = Snapshot.open(store, version).meta
            if (meta.record_version, meta.today, meta.as_known_at) == wanted:
                return meta
    except StoreError:  # none yet, or of another version of this program
        return None
    return None


def day_shown(as_known_at: date | None) -> date:
    """Return the day that a snapshot is made for unless told: today, or the past day that it shows."""
    now = date.today()  # noqa: DTZ011 - the day here
    return min(now, as_known_at or now)
