"""The rows of a filled-in template in the columns of the tidy contract, with the cell of each field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

import pyarrow as pa

from kpi.intake.sheets.tidy import SOURCES, TIDY
from kpi.periods import Period

ROWS: Final = TIDY.append(pa.field("weight", pa.float64()))
"""The tidy contract; names and definitions are null: they are stated apart."""
FIGURE: Final = ("value", "target", "numerator", "denominator")

Key = tuple[str, str, date, date]
"""Unit, indicator, first and last day."""


@dataclass(slots=True)
class Row:
    """One figure with the sheet and cell of each field that is filled in."""

    unit_code: str
    indicator_code: str
    period: Period
    numbers: dict[str, float] = field(default_factory=dict)
    note: str = ""
    cells: dict[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def key(self) -> Key:
        """What the figure is of."""
        return self.unit_code, self.indicator_code, self.period.start, self.period.end

    @property
    def has_figure(self) -> bool:
        """Whether a value, a part of one or a target stands on it."""
        return any(name in self.numbers for name in FIGURE)

    def put(self, name: str, number: float, sheet: str, cell: str) -> None:
        """Set a number and where it stands."""
        self.numbers[name] = number
        self.cells[name] = (sheet, cell)


def as_table(rows: Sequence[Row]) -> pa.Table:
    """Return the rows as ROWS; missing is null."""
    return pa.Table.from_pylist(
        [
            {
                "unit_code": row.unit_code,
                "indicator_code": row.indicator_code,
                "period_start": row.period.start,
                "period_end": row.period.end,
                "note": row.note or None,
                **row.numbers,
            }
            for row in rows
        ],
        schema=ROWS,
    )


def as_sources(rows: Sequence[Row]) -> pa.Table:
    """Return sheet and cell of each field (SOURCES; lines from 0)."""
    return pa.Table.from_pylist(
        [
            {"line": line, "field": name, "sheet": sheet, "cell": cell}
            for line, row in enumerate(rows)
            for name, (sheet, cell) in row.cells.items()
        ],
        schema=SOURCES,
    )
