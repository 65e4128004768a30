"""How every DuckDB file here is opened, and where the SQL lies. Knows no table."""

from __future__ import annotations

import os
from functools import cache
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import duckdb

from kpi.errors import StoreError

SQL_FOLDER: Final = Path(__file__).parent / "sql"
_HARDENED: Final = {
    "python_enable_replacements": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}
_GIVES_BACK: Final = {"allocator_bulk_deallocation_flush_threshold": "1MB"}
"""What a question took is given back to the machine. By itself DuckDB would keep it below half a gigabyte: 100 MB of a
server's memory in a district of 5,000 units."""


@cache
def sql(name: str) -> str:
    """Return the text of `sql/<name>.sql`; the name is a literal in code, never input."""
    return (SQL_FOLDER / f"{name}.sql").read_text(encoding="utf-8")


def connect(path: Path | str, *, is_read_only: bool = False) -> duckdb.DuckDBPyConnection:
    """Open a DuckDB file that can reach no other file, with its configuration locked.

    $KPI_MEMORY (`4GB`) bounds the memory, $KPI_THREADS the threads; DuckDB's own defaults hold unless told. What is
    only read is bounded by $KPI_READING_MEMORY where that is told. Raises StoreError when the file can't be opened.
    """
    return _opened(path, is_read_only, {"enable_external_access": "false", "lock_configuration": "true", **_GIVES_BACK})


def connect_for_making(path: Path) -> duckdb.DuckDBPyConnection:
    """Open a new file that may attach others, which SQL names from `~`: the folder of `path`. Raises StoreError.

    It is laid out as DuckDB has done since 1.4: written in a sixth less time than what the oldest could read.
    """
    layout = {"storage_compatibility_version": "v1.4.0"}
    return _opened(path, is_read_only=False, more={**layout, "home_directory": str(path.parent.resolve())})


def connect_for_handing_out(path: Path) -> duckdb.DuckDBPyConnection:
    """Open a file to read from that may write others, which SQL names by parameters. Raises StoreError."""
    return _opened(path, is_read_only=True, more={})


def _spilling_folder(path: Path | str) -> str:
    """Return the folder into which questions to a file that is only read spill: of this process and file alone.

    By itself DuckDB would take one beside the file, the same for all processes that read it, with the same names in it.
    """
    name = sha256(str(Path(path).resolve()).encode()).hexdigest()[:16]
    return str(Path(_private_folder(os.getpid()).name) / name)


@cache
def _private_folder(_process: int) -> TemporaryDirectory[str]:
    """Return a folder that only this process' user may read; it goes with the process."""
    return TemporaryDirectory(prefix="kpi-")


def _opened(path: Path | str, is_read_only: bool, more: dict[str, str]) -> duckdb.DuckDBPyConnection:
    config: dict[str, str | bool | int | float | list[str]] = {**_HARDENED, **more}
    memory = os.environ.get("KPI_MEMORY")
    if is_read_only:
        config["temp_directory"] = _spilling_folder(path)
        memory = os.environ.get("KPI_READING_MEMORY") or memory
    if memory:
        config["memory_limit"] = memory
    if threads := os.environ.get("KPI_THREADS"):
        config["threads"] = threads
    try:
        return duckdb.connect(str(path), read_only=is_read_only, config=config)
    except duckdb.Error as error:
        text = "{path}: DuckDB can't open it ({why}). Restore it from a backup, or publish anew."
        raise StoreError(text, path=path, why=str(error)) from error
