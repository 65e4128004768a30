"""A file as it was read: its known columns as text, and where each row stands. Judges nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from kpi.intake.messages import Message, mark
from kpi.intake.options import RowError
from kpi.intake.sheets.cells import address, column_letters, place


class RowSource(Protocol):
    """Gives rows of the file back as they were written, to be set aside."""

    def rows(self, wanted: Sequence[int]) -> Iterator[list[str]]:
        """Yield the cells of the rows at these places (ascending), each in the file's own columns."""
        ...


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of one file, every cell still text; an empty text is an empty cell.

    `columns` holds what a tidy file knows (dictionary-encoded for CODED_COLUMNS). `lines` is where each row begins:
    the physical line, in Parquet the row from 1. `ragged` gives the number of cells of rows that don't fit the header.
    Of a workbook `lines` counts the figures from 1, and `cells` says by line and column on which sheet and in which
    cell each stands.
    """

    path: Path
    digest: str
    header: tuple[str, ...]
    columns: Mapping[str, pa.ChunkedArray]
    lines: NDArray[np.int64]
    source: RowSource
    unknown: tuple[str, ...] = ()
    ragged: Mapping[int, int] = field(default_factory=dict)
    cells: Mapping[tuple[int, str], tuple[str, str]] | None = None
    is_text: bool = False

    @property
    def row_count(self) -> int:
        """How many rows of data the file has."""
        return len(self.lines)

    @property
    def is_workbook(self) -> bool:
        """Whether its rows were made from cells, not read from a table of the contract's own columns."""
        return self.cells is not None

    def header_cell(self, column: str) -> str | None:
        """Return the cell of a column's name, as a spreadsheet shows the file; None where that can't be told."""
        return self._cell(column, 0)

    def error(self, row: int, column: str | None, message: Message) -> RowError:
        """Return what is said of a row (a place from 0) with the place at which a person finds it."""
        line = int(self.lines[row])
        if self.cells is not None:
            return self._at_cell(line, column, message)
        cell = self._cell(column, line - 1) if column else None
        return RowError(line, column, message.text, self.path, message.values, None, cell)

    def _cell(self, column: str, row: int) -> str | None:
        """Return the address of a text file's cell; its rows are lines as long as no line is broken or blank."""
        names = [name.strip().lower() for name in self.header]
        is_even = self.is_text and self.row_count and int(self.lines[-1]) == self.row_count + 1
        return address(row, names.index(column)) if is_even and column in names else None

    def _at_cell(self, line: int, column: str | None, message: Message) -> RowError:
        sheet, cell = self.place(line, column)
        spot = place(cell) if cell else None
        values = {name: self._placed(value) for name, value in message.values.items()}
        row, letters = (spot[0] + 1, column_letters(spot[1])) if spot else (None, None)
        return RowError(row, letters, message.text, self.path, values, sheet, cell)

    def place(self, line: int, column: str | None) -> tuple[str | None, str | None]:
        """Return sheet and cell of a column of a line of a workbook: its own, else that of its value or its name."""
        cells = self.cells or {}
        for name in (column, "value", "target", "numerator", "indicator_name"):
            if name is not None and (line, name) in cells:
                return cells[line, name]
        return None, None

    def _placed(self, value: object) -> object:
        """Return a value with the line of an earlier row put as its cell."""
        if not (isinstance(value, Message) and value.text == "on line {line}"):
            return value
        sheet, cell = self.place(int(str(value.values["line"])), "value")
        return Message(mark("in {sheet}!{cell}"), {"sheet": sheet, "cell": cell})
