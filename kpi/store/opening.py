"""Opens the record's file, alone among all processes, and leaves no trace of an opening that added nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb

from kpi.errors import StoreError
from kpi.store.engine import connect, sql
from kpi.store.lock import held
from kpi.store.private import make_private_file, private_log

FILE_NAME: Final = "record.duckdb"
LOCK_NAME: Final = "record.lock"


@dataclass(frozen=True, slots=True)
class Layout:
    """A file of the store: what it and its lock are called, and the SQL files `schema` and `has_schema` in `folder`.

    Private: readable by its owner alone.
    """

    file_name: str
    lock_name: str
    folder: str
    is_private: bool = False


RECORD: Final = Layout(FILE_NAME, LOCK_NAME, "record")


@contextmanager
def opened_for_reading(path: Path, wait_seconds: float, layout: Layout = RECORD) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the record at `path` without altering a byte; where there is none, an empty one in memory.

    Raises StoreError that names the holder when it stays locked.
    """
    if path.exists():
        with held(path.with_name(layout.lock_name), wait_seconds), connect(path, is_read_only=True) as connection:
            if has_schema(connection, layout):
                yield connection
                return
    with connect(":memory:") as connection:
        connection.execute(sql(f"{layout.folder}/schema"))
        yield connection


@contextmanager
def opened_for_writing(path: Path, wait_seconds: float, layout: Layout = RECORD) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the record at `path`, made where there is none; what this made goes again when no batch was added.

    Raises StoreError that names the holder when it stays locked.
    """
    made = _missing_folders(path.parent)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with (
            held(path.with_name(layout.lock_name), wait_seconds),
            _kept_if_filled(path, layout),
            _opened(path, layout) as connection,
        ):
            if not has_schema(connection, layout):
                connection.begin()
                connection.execute(sql(f"{layout.folder}/schema"))
                connection.commit()
            yield connection
    finally:
        _remove_empty(made)


@contextmanager
def _opened(path: Path, layout: Layout) -> Iterator[duckdb.DuckDBPyConnection]:
    if not layout.is_private:
        with connect(path) as connection:
            yield connection
        return
    make_private_file(path)
    with private_log(path), connect(path) as connection:
        yield connection


@contextmanager
def _kept_if_filled(path: Path, layout: Layout) -> Iterator[None]:
    was_there = path.exists()
    try:
        yield
    finally:
        if not was_there and path.exists() and _is_empty(path, layout):
            path.unlink()


def _is_empty(path: Path, layout: Layout) -> bool:
    with connect(path, is_read_only=True) as connection:
        return not has_schema(connection, layout) or connection.execute(sql("record/last_batch")).fetchall()[0][0] == 0


def has_schema(connection: duckdb.DuckDBPyConnection, layout: Layout) -> bool:
    """Return False for the file of a process that was killed while it made one. Raises StoreError for an older one."""
    is_record, is_current = connection.execute(sql(f"{layout.folder}/has_schema")).fetchall()[0]
    if is_record and not is_current:
        raise StoreError(
            "The record was made by an earlier version of this program, which kept less. Move it away, and import anew."
        )
    return bool(is_record)


def _missing_folders(folder: Path) -> list[Path]:
    """Return `folder` and those above it that aren't there, innermost first."""
    return [place for place in (folder, *folder.parents) if not place.exists()]


def _remove_empty(folders: list[Path]) -> None:
    for folder in folders:
        try:
            folder.rmdir()
        except OSError:  # something was put into it, as it should
            return
