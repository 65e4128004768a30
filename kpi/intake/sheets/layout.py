"""Finds the table on a sheet and says what each column is and why; a person sees this before anything is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from kpi.intake.messages import Message, mark
from kpi.intake.sheets.cells import Area, Sheet, address, is_blank
from kpi.intake.sheets.headers import FIGURES, Role
from kpi.intake.sheets.mapping import SheetMapping
from kpi.intake.sheets.names import Catalogue
from kpi.intake.sheets.table_body import RowKind, row_kinds
from kpi.intake.sheets.table_header import Column, columns_of, header_of
from kpi.intake.sheets.titles import TitleFacts, title_facts


class LayoutKind(StrEnum):
    """How a table is laid out."""

    TIDY = "tidy"  # a row per figure; the rows name the period
    WIDE = "wide"  # a row per indicator; the columns name the periods
    ONE_PERIOD = "one_period"  # a row per indicator; the title, the sheet's name or a person names the period


KIND_WORDS: Final[dict[LayoutKind, str]] = {
    LayoutKind.TIDY: mark("tidy"),
    LayoutKind.WIDE: mark("wide"),
    LayoutKind.ONE_PERIOD: mark("one_period"),
}
"""What a layout is called in a sentence; in English as an option writes it."""


@dataclass(frozen=True, slots=True)
class Layout:
    """A table on a sheet. Rows count from 0, both ends inside; `rows` says what each row of the body is."""

    sheet: str
    kind: LayoutKind
    header: tuple[int, int]
    body: tuple[int, int]
    columns: tuple[Column, ...]
    rows: tuple[RowKind, ...]
    title: TitleFacts
    why: tuple[Message, ...]

    @property
    def area(self) -> str:
        """The table with its header, `A4:H40`."""
        numbers = [column.number for column in self.columns]
        return Area(self.header[0], min(numbers), max(self.body[1], self.header[1]), max(numbers)).a1

    def of_role(self, *roles: Role) -> tuple[Column, ...]:
        """Return the columns of these roles, in the roles' order."""
        return tuple(column for role in roles for column in self.columns if column.role is role)


def recognise(sheet: Sheet, units: Catalogue, mapping: SheetMapping | None = None) -> Layout | Message:
    """Return the layout of the table on a sheet, or in words why there is none.

    A mapping's header rows, columns and last row win over what is recognised. Raises UsageError where the mapping
    names rows or columns that can't be.
    """
    mapping = mapping or SheetMapping()
    if not any(not is_blank(value) for row in sheet.rows for value in row):
        return Message(mark("the sheet is empty"))
    header = header_of(sheet, mapping)
    if header is None:
        return Message(mark("no row names an indicator beside a target, a realisation or periods"))
    (first, last), _ = header
    title = title_facts(sheet, first, units)
    columns = columns_of(sheet, header, mapping, title)
    rows = row_kinds(sheet, (first, last), columns, by_unit=mapping.indicator is not None)
    if RowKind.OTHER_HEADER in rows:
        rows = rows[: rows.index(RowKind.OTHER_HEADER)]
    if mapping.last_row is not None:
        rows = rows[: max(0, mapping.last_row - 1 - last)]
    rows = rows[: 1 + max((number for number, kind in enumerate(rows) if kind is RowKind.DATA), default=-1)]
    kind = _kind(columns)
    why = _reasons((first, last), kind, title)
    return Layout(sheet.name, kind, (first, last), (last + 1, last + len(rows)), columns, tuple(rows), title, why)


def _kind(columns: Sequence[Column]) -> LayoutKind:
    if any(column.role in FIGURES and column.period is not None for column in columns):
        return LayoutKind.WIDE
    in_rows = {Role.PERIOD_START, Role.PERIOD_END, Role.PERIOD, Role.YEAR}
    return LayoutKind.TIDY if any(column.role in in_rows for column in columns) else LayoutKind.ONE_PERIOD


def _reasons(header: tuple[int, int], kind: LayoutKind, title: TitleFacts) -> tuple[Message, ...]:
    rows = {"first": header[0] + 1, "last": header[1] + 1}
    text = mark("row {first} are the header: they name an indicator beside figures")
    if header[0] != header[1]:
        text = mark("rows {first}–{last} are the header: they name an indicator beside figures")
    words = {
        LayoutKind.TIDY: mark("a row per figure: the rows name the period"),
        LayoutKind.WIDE: mark("a row per indicator: the columns name the periods"),
        LayoutKind.ONE_PERIOD: mark("a row per indicator, for one period that the table itself does not name"),
    }
    said = [Message(text, rows), Message(words[kind])]
    if title.year_why:
        said.append(title.year_why)
    if title.unit:
        said.append(Message(mark("unit '{unit}': {why}"), {"unit": title.unit.text, "why": title.unit.why}))
    return tuple(said)


def row_address(layout: Layout, row: int, column: Column) -> str:
    """Return the address of a body row's cell."""
    return address(layout.body[0] + row, column.number)
