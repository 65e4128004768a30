"""What was read: each cell with how it was read, and the figures that become rows of the tidy table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from kpi.intake.messages import Message
from kpi.intake.sheets.headers import Role
from kpi.intake.sheets.measures import Measure
from kpi.intake.sheets.names import NameMatch
from kpi.intake.sheets.numbers import NumberRule, ParsedNumber
from kpi.model import Indicator, Polarity
from kpi.periods import Period

_NO_REASON: Final = Message("")


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What holds for the whole file beside its mapping. `create`: names that nobody knows become new codes."""

    unit: str | None = None
    year: int | None = None
    year_starts_in: int = 1
    create: bool = False
    indicators: Mapping[str, Indicator] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CellReading:
    """How one cell was read, for colouring it on a screen. `reading` is a word of Reading or of MatchedBy."""

    sheet: str
    cell: str
    role: Role
    text: str
    reading: str
    value: float | str | None = None
    why: Message = _NO_REASON


@dataclass(frozen=True, slots=True)
class Name:
    """A unit or an indicator as a row has it: what was matched, the name to keep, and the cell that says it."""

    match: NameMatch
    name: str
    cell: str | None

    @property
    def code(self) -> str | None:
        """The code, None while it is not certain."""
        return self.match.code


@dataclass(frozen=True, slots=True)
class Amount:
    """A number of a figure with the sheet and the cell that hold it."""

    parsed: ParsedNumber
    sheet: str
    cell: str


@dataclass(frozen=True, slots=True)
class Figure:
    """One row of the tidy table to be: a unit, an indicator, a period, and its numbers by role.

    `series` is a value from a column that only names its period, kept apart when another column gives the value of
    the same period. `row` counts from 0.
    """

    sheet: str
    row: int
    unit: Name | None
    indicator: Name
    measure: Measure | None
    measure_cell: str | None
    polarity: Polarity | None
    polarity_cell: str | None
    period: Period
    period_cell: str | None
    note: str | None
    note_cell: str | None
    amounts: Mapping[Role, Amount]
    series: Amount | None = None

    @property
    def key(self) -> tuple[str, str, date, date]:
        """Unit, indicator and period, by code where certain and else by name."""
        unit = (self.unit.code or self.unit.name) if self.unit else ""
        return (unit, self.indicator.code or self.indicator.name, self.period.start, self.period.end)

    def number(self, role: Role) -> float | None:
        """Return a number of the figure, None when it is missing."""
        amount = self.amounts.get(role)
        return amount.parsed.value if amount else None

    def cell(self, role: Role) -> str | None:
        """Return the cell of a number."""
        amount = self.amounts.get(role)
        return amount.cell if amount else None


@dataclass(frozen=True, slots=True)
class ColumnUnderstood:
    """What one column is, for a person to see. `numbers` None = both ways of writing give the same, or undecided."""

    sheet: str
    column: str
    header: str
    role: Role
    period: str | None
    numbers: NumberRule | None
    why: Message
    cells: int = 0
    ambiguous: int = 0

    def as_json(self) -> dict[str, object]:
        """Return plain data, as `--json` gives it under `understood`."""
        return {
            "sheet": self.sheet,
            "column": self.column,
            "header": self.header,
            "role": self.role.value,
            "period": self.period,
            "numbers": self.numbers.value if self.numbers else None,
            "why": str(self.why),
            "cells": self.cells,
            "ambiguous": self.ambiguous,
        }
