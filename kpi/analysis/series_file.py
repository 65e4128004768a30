"""Reads a CSV file of series (series_id, date, value) for the command line; every bad cell is named at once."""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final

import pandas as pd

from kpi.errors import KpiError, RefusedFile, did_you_mean

COLUMNS: Final = ("series_id", "date", "value")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")
_SHOWN: Final = 20  # more bad cells than this are counted, not listed

Row = tuple[int, dict[str, str]]


def read_series(path: Path) -> pd.DataFrame:
    """Return the lines of the file as series_id (str), date (datetime64) and value (float64, NaN = empty).

    Further columns are ignored. Raises RefusedFile for what is no table, and KpiError naming line and column of every
    cell that can't be used: no key, no ISO date, no number, a date that its series has twice.
    """
    rows = list(_rows(path))
    faults: list[str] = []
    first_line: dict[tuple[str, str], int] = {}
    for line, row in rows:
        faults += [f"{path} line {line}, column {name}: {fault}" for name, fault in _faults(row)]
        key = (row["series_id"], row["date"])
        if first_line.setdefault(key, line) != line:
            faults.append(
                f"{path} line {line}, column date: series '{key[0]}' has {key[1]} already in line {first_line[key]}."
                " Keep one of the two."
            )
    if faults:
        more = [f"… and {len(faults) - _SHOWN} more."] if len(faults) > _SHOWN else []
        raise KpiError("\n".join(faults[:_SHOWN] + more))
    return pd.DataFrame(
        {
            "series_id": pd.Series([row["series_id"] for _, row in rows], dtype="str"),
            "date": pd.to_datetime([row["date"] for _, row in rows], format="%Y-%m-%d"),
            "value": [float(row["value"]) if row["value"] else math.nan for _, row in rows],
        }
    )


def _rows(path: Path) -> Iterator[Row]:
    """Yield line number and stripped cells of each line that isn't blank."""
    line = 1
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            places = _places(path, next(reader, []))
            for cells in reader:
                line = reader.line_num
                if cells:
                    yield line, _named(path, line, cells, places)
    except OSError as error:
        raise RefusedFile(f"{path}: can't be read ({error.strerror}). Check the name.") from error
    except UnicodeDecodeError as error:
        raise RefusedFile(f"{path}: is not UTF-8 text. Save it as CSV in UTF-8.") from error
    except csv.Error as error:
        raise RefusedFile(f"{path} after line {line}: is not CSV ({error}). Separate the cells by commas.") from error


def _places(path: Path, header: list[str]) -> dict[str, int]:
    names = [name.strip() for name in header]
    for name in COLUMNS:
        if names.count(name) != 1:
            how = "stands twice" if name in names else f"is missing.{did_you_mean(name, names)}"
            raise RefusedFile(f"{path} line 1: column '{name}' {how} The header needs {', '.join(COLUMNS)}.")
    return {name: names.index(name) for name in COLUMNS} | {"": len(names)}


def _named(path: Path, line: int, cells: list[str], places: dict[str, int]) -> dict[str, str]:
    if len(cells) != places[""]:
        raise RefusedFile(
            f"{path} line {line}: has {len(cells)} cells, the header {places['']}. Quote cells with commas."
        )
    return {name: cells[places[name]].strip() for name in COLUMNS}


def _faults(row: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the columns of a line that can't be used, with what is wrong."""
    if not row["series_id"]:
        yield "series_id", "is empty. Name the series."
    if not _is_date(row["date"]):
        yield "date", f"'{row['date']}' is no date. Write it as 2026-09-01."
    value = row["value"]
    if value and not (_NUMBER.fullmatch(value) and math.isfinite(float(value))):
        yield "value", f"'{value}' is no number. Write it with a decimal point, or leave it empty when missing."


def _is_date(text: str) -> bool:
    try:
        return bool(_DATE.fullmatch(text) and date.fromisoformat(text))
    except ValueError:
        return False
