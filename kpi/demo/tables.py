"""Reads the reviewed tables of data/demo, as text and as the few types they hold. Knows no figure."""

from __future__ import annotations

import csv
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

import numpy as np

FOLDER: Final = Path(__file__).resolve().parents[2] / "data" / "demo"
YEARS: Final = tuple(range(2021, 2027))
"""The years of the demo; the columns of the yearly tables."""
Row = MappingProxyType[str, str]


@cache
def rows(name: str) -> tuple[Row, ...]:
    """Return the rows of data/demo/<name>.csv; an empty cell is an empty text."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(MappingProxyType(row) for row in csv.DictReader(file))


def number(text: str) -> float | None:
    """Return the number, or None for an empty cell."""
    return float(text) if text else None


def day(text: str) -> date | None:
    """Return the date, or None for an empty cell."""
    return date.fromisoformat(text) if text else None


def yearly(row: Row) -> np.ndarray:
    """Return the columns 2021…2026 of a row as float64; an empty cell is NaN."""
    return np.array([float(row[str(year)] or "nan") for year in YEARS])


def monthly(row: Row) -> np.ndarray:
    """Return the columns 1…12 of a row as float64."""
    return np.array([float(row[str(month)]) for month in range(1, 13)])
