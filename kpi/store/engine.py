"""How every DuckDB file here is opened, and where the SQL lies. Knows no table."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import Final

import duckdb

from kpi.errors import StoreError

SQL_FOLDER: Final = Path(__file__).parent / "sql"
_HARDENED: Final = {
    "python_enable_replacements": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "preserve_insertion_order": "false",
}


@cache
def sql(name: str) -> str:
    """Return the text of `sql/<name>.sql`; the name is a literal in code, never input."""
    return (SQL_FOLDER / f"{name}.sql").read_text(encoding="utf-8")


def connect(
    path: Path | str, *, is_read_only: bool = False, is_closed_to_files: bool = True
) -> duckdb.DuckDBPyConnection:
    """Open a DuckDB file with replacement scans and extension downloads off.

    `is_closed_to_files` also forbids every other file for good; publishing alone needs to attach one. $KPI_MEMORY
    (`4GB`) bounds the memory; DuckDB's own default holds unless told. Raises StoreError when the file can't be opened.
    """
    config: dict[str, str | bool | int | float | list[str]] = dict(_HARDENED)
    if memory := os.environ.get("KPI_MEMORY"):
        config["memory_limit"] = memory
    if is_closed_to_files:
        config["enable_external_access"] = "false"
    try:
        connection = duckdb.connect(str(path), read_only=is_read_only, config=config)
    except duckdb.Error as error:
        raise StoreError(
            f"{path}: DuckDB can't open it ({error}). Restore it from a backup, or publish anew."
        ) from error
    if is_closed_to_files:
        connection.execute("SET lock_configuration = true")
    return connection
