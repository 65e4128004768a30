"""Sheets of typed cells with their addresses, whatever the file format; knows nothing of what the cells mean."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property, lru_cache
from typing import Final, TypeAlias

from kpi.intake.sheets.findings import Finding

CellValue: TypeAlias = str | int | float | bool | datetime | date | time | timedelta | None
_ADDRESS: Final = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")


@lru_cache(maxsize=20_000)
def column_letters(column: int) -> str:
    """Return `A` for 0, `AA` for 26."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """Return 0 for `A`, 26 for `AA`."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def address(row: int, column: int) -> str:
    """Return the A1 address of a cell; row and column count from 0."""
    return f"{column_letters(column)}{row + 1}"


def place(cell: str) -> tuple[int, int] | None:
    """Return row and column, from 0, of an A1 address, or None when it is none."""
    found = _ADDRESS.fullmatch(cell)
    return (int(found[2]) - 1, column_number(found[1])) if found else None


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of cells; all four sides are inside it and count from 0."""

    top: int
    left: int
    bottom: int
    right: int

    @classmethod
    def parse(cls, text: str) -> Area | None:
        """Read `A1:C3` or `A1`; None when it is neither."""
        ends = [place(part) for part in text.split(":")]
        if len(ends) > 2 or ends[0] is None or ends[-1] is None:
            return None
        (top, left), (bottom, right) = ends[0], ends[-1]
        return cls(min(top, bottom), min(left, right), max(top, bottom), max(left, right))

    @property
    def a1(self) -> str:
        """The address, `A1:C3`."""
        return f"{address(self.top, self.left)}:{address(self.bottom, self.right)}"


@dataclass(frozen=True)
class Sheet:
    """One sheet. `rows[0]` is the sheet's row 1, and a row may be shorter than the widest.

    `formats` holds the number format of the cells where it is known and not plain; `errors` the text of cells whose
    formula failed (`#DIV/0!`), which have no value; `unvalued` the formulas that were never computed.
    """

    name: str
    rows: Sequence[Sequence[CellValue]]
    merged: tuple[Area, ...] = ()
    formats: Mapping[tuple[int, int], str] = field(default_factory=dict)
    errors: Mapping[tuple[int, int], str] = field(default_factory=dict)
    unvalued: frozenset[tuple[int, int]] = frozenset()
    is_hidden: bool = False

    @cached_property
    def width(self) -> int:
        """The number of columns."""
        return max((len(row) for row in self.rows), default=0)

    def value(self, row: int, column: int) -> CellValue:
        """Return what the cell holds; None = empty."""
        if row >= len(self.rows) or column >= len(self.rows[row]):
            return None
        return self.rows[row][column]

    def text(self, row: int, column: int) -> str:
        """Return the cell as text, empty when it holds nothing."""
        return as_text(self.value(row, column))

    @cached_property
    def anchors(self) -> dict[tuple[int, int], tuple[int, int]]:
        """Return, for every cell under a merged area, the cell that carries the area's value."""
        last = self.width - 1
        inside = ((area, row) for area in self.merged for row in range(area.top, min(area.bottom, len(self.rows)) + 1))
        return {
            (row, column): (area.top, area.left)
            for area, row in inside
            for column in range(area.left, min(area.right, last) + 1)
        }

    def filled(self, row: int) -> Iterator[tuple[int, CellValue]]:
        """Yield column and value of the cells of a row that hold something."""
        return ((column, value) for column, value in enumerate(self.rows[row]) if not is_blank(value))


@dataclass(frozen=True, slots=True)
class Book:
    """A file's sheets, with what was noticed while reading (`findings`). `kind` is xlsx, xls, ods, csv or parquet."""

    name: str
    kind: str
    sheets: tuple[Sheet, ...]
    findings: tuple[Finding, ...] = ()


def is_blank(value: CellValue) -> bool:
    """Say whether a cell holds nothing that a person would see."""
    return value is None or (isinstance(value, str) and not value.strip())


def as_text(value: CellValue) -> str:
    """Return a cell's value as a person would type it: `2025` for 2025.0, an ISO date for a date."""
    match value:
        case None:
            return ""
        case str():
            return value
        case bool():
            return "TRUE" if value else "FALSE"
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case date() | time():
            return value.isoformat()
        case _:
            return str(value)
