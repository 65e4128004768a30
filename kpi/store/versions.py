"""Where snapshots lie, what they are called, and which one is current. Knows nothing of what is in them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

from kpi.errors import StoreError

POINTER: Final = "current"
SNAPSHOTS: Final = "snapshots"
_KNOWN: Final = "-known-"
_NAME: Final = re.compile(r"v(\d+)-")


def folder_of(store: Path, folder: str = SNAPSHOTS) -> Path:
    """Return the folder of a store's snapshots; `folder` names another kind of them, here and below."""
    return Path(store) / folder


def path_of(store: Path, version: str, folder: str = SNAPSHOTS) -> Path:
    """Return the file of a version. Raises StoreError for a name that is none."""
    if not version or Path(version).name != version or version.startswith("."):
        text = "'{version}' is no version of a snapshot. They look like v000012-20261123T231500."
        raise StoreError(text, version=version)
    return folder_of(store, folder) / f"{version}.duckdb"


def current_version(store: Path, folder: str = SNAPSHOTS) -> str:
    """Return the version that readers take. Raises StoreError when there is none yet."""
    try:
        version = (folder_of(store, folder) / POINTER).read_text(encoding="utf-8").strip()
    except FileNotFoundError as error:
        text = "{store}: there is no snapshot yet. Run `python -m kpi demo`, or import a file and publish."
        raise StoreError(text, store=store) from error
    path_of(store, version, folder)
    return version


def new_version(
    store: Path, record_version: int, now: datetime, as_known_at: date | None, folder: str = SNAPSHOTS
) -> str:
    """Return a name that no snapshot has; names of the same kind sort by the state of the record, then by time."""
    known = f"{_KNOWN}{as_known_at:%Y%m%d}" if as_known_at else ""
    base = f"v{record_version:06d}-{now.astimezone(UTC):%Y%m%dT%H%M%S}{known}"
    version, number = base, 1
    while path_of(store, version, folder).exists():
        number += 1
        version = f"{base}-{number:02d}"
    return version


def published_batch(store: Path) -> int:
    """Return the number of the newest batch in the current snapshot, as its name says; 0 when nothing is published."""
    try:
        name = _NAME.match(current_version(store))
    except StoreError:
        return 0
    return int(name[1]) if name else 0


def make_current(store: Path, version: str, folder: str = SNAPSHOTS) -> None:
    """Point readers to `version`, in one step that no reader can see half done."""
    pointer = folder_of(store, folder) / POINTER
    beside = pointer.with_name(f"{POINTER}.new")
    beside.write_text(version + "\n", encoding="utf-8")
    beside.replace(pointer)


def versions_known_at(store: Path, day: date, folder: str = SNAPSHOTS) -> list[str]:
    """Return the kept snapshots of what was known at the end of `day`, the newest made first."""
    found = [path.stem for path in folder_of(store, folder).glob(f"v*{_KNOWN}{day:%Y%m%d}*.duckdb")]
    return sorted(found, key=_made_at, reverse=True)


def prune(store: Path, keep: int, folder: str = SNAPSHOTS) -> None:
    """Remove all but the newest `keep` snapshots, and all but the `keep` of the past made last; never the current one.

    A file that another process keeps open stays until the next time where the system won't let go of it.
    """
    pointer = folder_of(store, folder) / POINTER
    current = current_version(store, folder) if pointer.exists() else None
    versions = sorted((path.stem for path in folder_of(store, folder).glob("v*.duckdb")), reverse=True)
    for kind in (
        [version for version in versions if _KNOWN not in version],
        sorted((version for version in versions if _KNOWN in version), key=_made_at, reverse=True),
    ):
        for version in kind[max(keep, 1) :]:
            if version == current:
                continue
            try:
                path_of(store, version, folder).unlink(missing_ok=True)
            except PermissionError:
                continue


def _made_at(version: str) -> tuple[str, str]:
    """Return what sorts versions by when they were made; those of one second by the state of the record."""
    return version.split("-")[1], version
