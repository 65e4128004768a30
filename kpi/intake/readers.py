"""The door for outside files: says what can't be read as a table at all, and picks the reader. Judges no row."""

from __future__ import annotations

import codecs
import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from kpi.errors import RefusedFile, UsageError
from kpi.intake.columns import normalised
from kpi.intake.csv_file import read_csv
from kpi.intake.messages import mark, reason_of
from kpi.intake.parquet_file import parquet_columns, read_parquet
from kpi.intake.sheet import Sheet

LARGEST_FILE: Final = 2 * 1024**3
"""Bytes; $KPI_MAX_FILE_BYTES sets another limit."""
_OWN: Final = frozenset({"unit_code", "indicator_code", "period_start", "period_end"})
"""Columns of the tidy contract by which a table of its own is told from an office's."""
_FEWEST_OWN: Final = 2
_GZIP: Final = b"\x1f\x8b"
_WORKBOOKS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_START: Final = 64 * 1024


def is_tidy_file(path: Path) -> bool:
    """Say whether a file is a table in the contract's own columns, or so far from any that its reader refuses it best.

    Raises RefusedFile for what can't be read at all.
    """
    start = check_readable(path)
    if start.startswith(_WORKBOOKS):
        return False
    if start.startswith(b"PAR1"):
        names = parquet_columns(path)
        return names is None or _are_own(names)
    with path.open("rb") as file:
        content = file.read(_START)
    codec = "utf-16" if content[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else "utf-8-sig"
    lines = [line for line in content.decode(codec, "replace").splitlines() if line.strip()]
    return start.startswith(_GZIP) or not lines or _are_own(re.split("[,;\t|]", lines[0].replace('"', "")))


def _are_own(names: Sequence[str]) -> bool:
    return len(_OWN & set(normalised(names))) >= _FEWEST_OWN


def read_sheet(path: Path) -> Sheet:
    """Read a tidy CSV or Parquet file whole. Raises RefusedFile, which says what to do, for what is no table."""
    start = check_readable(path)
    if start.startswith(_GZIP):
        raise RefusedFile(mark("{file}: is a gzip file. Save its table as CSV (UTF-8, commas)."), file=path.name)
    if start.startswith(b"PAR1"):
        return read_parquet(path, size_limit())
    return read_csv(path)


def check_readable(path: Path) -> bytes:
    """Return the first bytes of a file that can be read. Raises RefusedFile: absent, a directory, empty, too large."""
    size = _size(path)
    limit = size_limit()
    if size > limit:
        text = mark(
            "{file}: has {size:,} bytes, more than the limit of {limit:,}. "
            "Split it by year, or raise KPI_MAX_FILE_BYTES."
        )
        raise RefusedFile(text, file=path.name, size=size, limit=limit)
    start = _first_bytes(path)
    if not start:
        raise RefusedFile(mark("{file}: is empty. Give a file with a header and at least one row."), file=path.name)
    return start


def size_limit() -> int:
    """Return the largest file in bytes that is read. Raises UsageError when the setting is no whole number."""
    setting = os.environ.get("KPI_MAX_FILE_BYTES")
    if setting is None:
        return LARGEST_FILE
    if not setting.isascii() or not setting.isdigit():
        text = "KPI_MAX_FILE_BYTES is '{setting}'. Give a whole number of bytes, such as {example}."
        raise UsageError(text, setting=setting, example=LARGEST_FILE)
    return int(setting)


def _size(path: Path) -> int:
    if path.is_dir():
        raise RefusedFile(mark("{file}: is a directory. Name the files in it."), file=path.name)
    if not path.exists():
        raise RefusedFile(mark("{file}: there is no such file. Check the name and the folder."), file=path)
    if not path.is_file():
        raise RefusedFile(mark("{file}: is not a regular file. Copy its content into one."), file=path.name)
    return path.stat().st_size


def _first_bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(8)
    except OSError as error:
        text = mark("{file}: can't be read ({why}). Allow this user to read it.")
        raise RefusedFile(text, file=path.name, why=reason_of(error)) from error
