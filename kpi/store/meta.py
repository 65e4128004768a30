"""What a snapshot says of itself: which state of the record it shows, and which program made it."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Final

import duckdb

from kpi.model import SnapshotMeta
from kpi.scoring.profile import profile_folder
from kpi.store.engine import sql

_PROGRAM: Final = Path(__file__).resolve().parents[1]


def write_meta(connection: duckdb.DuckDBPyConnection, meta: SnapshotMeta) -> None:
    """Say in the snapshot that `connection` is making what it is."""
    connection.execute(
        sql("publish/write_meta"),
        {
            "version": meta.version,
            "record_version": meta.record_version,
            "published_at": meta.published_at.replace(tzinfo=None),
            "today": meta.today,
            "as_known_at": meta.as_known_at,
            "made_with": made_with(),
        },
    )


def made_with() -> str:
    """Return a digest of this program and of the rule profiles: where it is the same, the same figures come out."""
    digest = hashlib.sha256(_program().encode())
    for path in sorted(profile_folder().glob("*.toml")):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


@cache
def _program() -> str:
    digest = hashlib.sha256(duckdb.__version__.encode())
    for path in sorted(path for path in _PROGRAM.rglob("*") if path.suffix in {".py", ".sql"}):
        digest.update(path.relative_to(_PROGRAM).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()
