"""Finds the rows of a filled-in sheet by its hidden names of columns, and reads single cells. Knows no record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from math import isclose, isfinite
from typing import Final

from kpi.i18n import mark
from kpi.intake.messages import Message
from kpi.intake.sheets.cells import Book, Sheet, address, as_text, is_blank
from kpi.intake.sheets.findings import Finding, error, warning
from kpi.intake.sheets.numbers import ColumnRule, column_rule
from kpi.intake.sheets.words import shortened
from kpi.intake.templates.amount import Amount, Wanted, amount_in
from kpi.intake.templates.marker import BEFORE
from kpi.scoring.ordinal import OrdinalLevels

_LOST_DIGITS: Final = 1e-13
"""Relative: LibreOffice saves 15 digits of a number that may have 17."""
_KEYS_WITHIN: Final = 40
"""Rows in which the hidden row of names is looked for."""


@dataclass
class Grid:
    """One filled-in sheet: its columns by name, its rows below the titles. `findings` gathers what can't be read."""

    sheet: Sheet
    keys_row: int
    columns: Mapping[str, int]
    findings: list[Finding] = field(default_factory=list)

    @property
    def rows(self) -> range:
        """The rows below the titles."""
        return range(self.keys_row + 2, len(self.sheet.rows))

    def text(self, row: int, key: str) -> str:
        """Return a cell as trimmed text, empty where it or its column is."""
        column = self.columns.get(key)
        return "" if column is None else as_text(self.sheet.value(row, column)).strip()

    def cell(self, row: int, key: str) -> str:
        """Return the address of a cell."""
        return address(row, self.columns[key])

    def has_any(self, row: int, keys: Iterator[str] | tuple[str, ...]) -> bool:
        """Say whether anything stands in one of these cells of a row."""
        places = (self.columns[key] for key in keys if key in self.columns)
        return any(not is_blank(self.sheet.value(row, place)) or self._is_odd(row, place) for place in places)

    def refuse(self, row: int, key: str, text: str, /, **values: object) -> None:
        """Note an error at a cell."""
        self.findings.append(error(self.sheet.name, self.cell(row, key), text, **values))

    def warn(self, row: int, key: str, text: str, /, **values: object) -> None:
        """Note a warning at a cell."""
        self.findings.append(warning(self.sheet.name, self.cell(row, key), text, **values))

    def amount(self, row: int, key: str, measured: str = "", levels: OrdinalLevels | None = None) -> Amount | None:
        """Return the number in a cell; None where none stands, and where none can be read, which is then noted.

        `measured` is the row's unit of measure, `levels` its words for numbers. Only a target can be a range.
        """
        column = self.columns.get(key)
        if column is None or self._is_failed(row, column, key):
            return None
        wanted = Wanted(
            self._rules.get(key, ColumnRule(None, 0, 0, 0)).rule,
            self.sheet.formats.get((row, column), ""),
            measured,
            levels,
            may_be_range=key.startswith("target"),
        )
        match amount_in(self.sheet.value(row, column), wanted):
            case Message(text, values):
                self.refuse(row, key, text, **values)
                return None
            case Amount(value, high):
                return Amount(self._as_it_stood(row, key, value), high)
            case None:
                return None

    def before(self, row: int, key: str) -> float | None:
        """Return the number as it stood when the template was made, None where none stood or none was kept."""
        try:
            number = float(self.text(row, f"{BEFORE}{key}"))
        except ValueError:
            return None
        return number if isfinite(number) else None

    def _as_it_stood(self, row: int, key: str, value: float) -> float:
        """Return the kept number where a spreadsheet program only lost some of its last digits."""
        before = self.before(row, key)
        return before if before is not None and isclose(before, value, rel_tol=_LOST_DIGITS, abs_tol=0.0) else value

    @cached_property
    def _rules(self) -> dict[str, ColumnRule]:
        """How each column writes its numbers where they are texts."""
        return {
            key: column_rule(self.sheet.value(row, place) for row in self.rows) for key, place in self.columns.items()
        }

    def _is_odd(self, row: int, column: int) -> bool:
        return (row, column) in self.sheet.errors

    def _is_failed(self, row: int, column: int, key: str) -> bool:
        """Say whether a formula in the cell failed or was never computed; a failed one is noted."""
        if (row, column) in self.sheet.errors:
            failure = shortened(self.sheet.errors[row, column])
            self.refuse(row, key, mark("The formula in this cell gives {failure}. Write the number."), failure=failure)
            return True
        return (row, column) in self.sheet.unvalued


def grid_of(book: Book, first_key: str) -> Grid | None:
    """Return the sheet whose hidden row of names begins with `first_key`; None when no sheet has it."""
    for sheet in book.sheets:
        for row in range(min(len(sheet.rows), _KEYS_WITHIN)):
            if sheet.text(row, 0) == first_key:
                return _grid(sheet, row)
    return None


def _grid(sheet: Sheet, row: int) -> Grid:
    """Take the names of a row as columns; one that stands twice is noted, and the first is read."""
    grid = Grid(sheet, row, {})
    columns: dict[str, int] = {}
    for column, value in sheet.filled(row):
        key = as_text(value).strip()
        if key in columns:
            said = mark("The column '{name}' stands twice. Remove one, or fill in a fresh template.")
            grid.findings.append(error(sheet.name, address(row + 1, column), said, name=sheet.text(row + 1, column)))
        columns.setdefault(key, column)
    grid.columns = columns
    return grid
