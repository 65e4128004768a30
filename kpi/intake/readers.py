"""The door for outside files: says what can't be read as a table at all, and picks the reader. Judges no row."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from kpi.errors import RefusedFile, UsageError
from kpi.intake.csv_file import read_csv
from kpi.intake.parquet_file import read_parquet
from kpi.intake.sheet import Sheet

LARGEST_FILE: Final = 2 * 1024**3
"""Bytes; $KPI_MAX_FILE_BYTES sets another limit."""
_FOREIGN: Final = {
    b"PK\x03\x04": "an Excel or ZIP file",
    b"\xd0\xcf\x11\xe0": "an old Excel file",
    b"\x1f\x8b": "a gzip file",
    b"%PDF": "a PDF",
}


def read_sheet(path: Path) -> Sheet:
    """Read a tidy CSV or Parquet file whole. Raises RefusedFile, which says what to do, for what is no table."""
    start = check_readable(path)
    limit = size_limit()
    for mark, what in _FOREIGN.items():
        if start.startswith(mark):
            raise RefusedFile(f"{path.name}: is {what}. Save its table as CSV (UTF-8, commas).")
    if start.startswith(b"PAR1") or path.suffix.lower() in (".parquet", ".pq"):
        return read_parquet(path, limit)
    return read_csv(path)


def check_readable(path: Path) -> bytes:
    """Return the first bytes of a file that can be read. Raises RefusedFile: absent, a directory, empty, too large."""
    size = _size(path)
    limit = size_limit()
    if size > limit:
        raise RefusedFile(
            f"{path.name}: has {size:,} bytes, more than the limit of {limit:,}. "
            "Split it by year, or raise KPI_MAX_FILE_BYTES."
        )
    start = _first_bytes(path)
    if not start:
        raise RefusedFile(f"{path.name}: is empty. Give a file with a header and at least one row.")
    return start


def size_limit() -> int:
    """Return the largest file in bytes that is read. Raises UsageError when the setting is no whole number."""
    setting = os.environ.get("KPI_MAX_FILE_BYTES")
    if setting is None:
        return LARGEST_FILE
    if not setting.isascii() or not setting.isdigit():
        raise UsageError(f"KPI_MAX_FILE_BYTES is '{setting}'. Give a whole number of bytes, such as {LARGEST_FILE}.")
    return int(setting)


def _size(path: Path) -> int:
    if path.is_dir():
        raise RefusedFile(f"{path.name}: is a directory. Name the files in it.")
    if not path.exists():
        raise RefusedFile(f"{path}: there is no such file. Check the name and the folder.")
    if not path.is_file():
        raise RefusedFile(f"{path.name}: is not a regular file. Copy its content into one.")
    return path.stat().st_size


def _first_bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(8)
    except OSError as error:
        raise RefusedFile(f"{path.name}: can't be read ({error.strerror}). Allow this user to read it.") from error
