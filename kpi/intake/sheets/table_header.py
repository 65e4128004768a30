"""Finds the header of a table and says what each column is; a person's mapping wins over what is recognised."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from kpi.errors import UsageError
from kpi.intake.messages import Message, mark
from kpi.intake.sheets.cells import Sheet, column_letters, column_number
from kpi.intake.sheets.headers import FIGURES, ROLE_WORDS, HeaderWords, Role, header_words
from kpi.intake.sheets.mapping import SheetMapping
from kpi.intake.sheets.numbers import NumberRule
from kpi.intake.sheets.periods import PeriodWords, header_text
from kpi.intake.sheets.titles import TitleFacts

_SEARCHED_ROWS: Final = 60
_HEADER_ROWS: Final = 3
INDICATORS: Final = (Role.INDICATOR_NAME, Role.INDICATOR_CODE)
UNITS: Final = (Role.UNIT_NAME, Role.UNIT_CODE)
_SINGLE: Final = (*INDICATORS, *UNITS, Role.UNIT_OF_MEASURE, Role.NOTE, Role.YEAR, Role.PERIOD, Role.POLARITY)
Anchors = Mapping[tuple[int, int], tuple[int, int]]
Header = tuple[tuple[int, int], dict[int, HeaderWords]]
"""First and last row of a header, from 0, and what it says of each column."""


@dataclass(frozen=True, slots=True)
class Column:
    """What one column holds (`number` from 0), and why it is thought so. `numbers` is a person's word."""

    number: int
    header: str
    role: Role
    period: PeriodWords | None
    why: Message
    numbers: NumberRule | None = None

    @property
    def letter(self) -> str:
        """The column's letter."""
        return column_letters(self.number)


def header_of(sheet: Sheet, mapping: SheetMapping) -> Header | None:
    """Return the header that a mapping names, else the rows best understood as one, else None.

    Raises UsageError where the mapping's rows are not on the sheet.
    """
    return _given_header(sheet, mapping) if mapping.header_rows else _best_header(sheet, mapping)


def columns_of(sheet: Sheet, header: Header, mapping: SheetMapping, title: TitleFacts) -> tuple[Column, ...]:
    """Return the columns of a table. Raises UsageError where a mapping names a column that can't be."""
    return _settled(_mapped(_columns(sheet, *header), mapping), title)


def _best_header(sheet: Sheet, mapping: SheetMapping) -> Header | None:
    """Return the block of one to three rows that is best understood as a header."""
    best: tuple[float, tuple[int, int], dict[int, HeaderWords]] | None = None
    anchors = sheet.anchors
    inside = {row - 1 for area in sheet.merged for row in range(area.top + 1, min(area.bottom, area.top + 4) + 1)}
    for first in range(min(len(sheet.rows), _SEARCHED_ROWS)):
        for last in range(first, min(first + _HEADER_ROWS, len(sheet.rows))):
            if last in inside or first - 1 in inside:  # a header neither ends nor begins amid a merged cell
                continue
            heads = _heads(sheet, first, last, anchors)
            score = _understood(heads, mapping) - 0.25 * (last - first)
            if score > 0 and (best is None or score > best[0]):
                best = (score, (first, last), heads)
    return None if best is None else best[1:]


def _given_header(sheet: Sheet, mapping: SheetMapping) -> Header:
    """Return the header that a mapping names. Raises UsageError where the sheet has no such rows."""
    first, last = mapping.header_rows or (0, 0)
    if not 1 <= first <= last <= len(sheet.rows):
        text = "mapping, sheet '{sheet}': header_rows {first}–{last} are not among its rows."
        raise UsageError(text, sheet=sheet.name, first=first, last=last)
    return (first - 1, last - 1), _heads(sheet, first - 1, last - 1, sheet.anchors)


def _heads(sheet: Sheet, first: int, last: int, anchors: Anchors) -> dict[int, HeaderWords]:
    """Read each column's header through the rows; merged cells and a group's blank cells take the text at the left."""
    columns = range(min(sheet.width, 1_000))
    texts = [[_head(sheet, row, column, anchors) for column in columns] for row in range(first, last + 1)]
    for upper in texts[:-1]:
        for column in columns[1:]:
            if not upper[column] and upper[column - 1] and texts[-1][column] and texts[-1][column - 1]:
                upper[column] = upper[column - 1]
    paths = {column: tuple(row[column] for row in texts if row[column]) for column in columns}
    return {column: header_words(path) for column, path in paths.items() if path}


def _head(sheet: Sheet, row: int, column: int, anchors: Anchors) -> str:
    text = header_text(sheet.value(*anchors.get((row, column), (row, column)))).strip()
    return text if len(text) <= 200 else ""


def _understood(heads: dict[int, HeaderWords], mapping: SheetMapping) -> float:
    """Score a header: the different things understood less what is not; 0 where a name or a figure is lacking."""
    roles = [head.role for head in heads.values()]
    has_name = any(role in INDICATORS for role in roles) or (mapping.indicator and any(role in UNITS for role in roles))
    has_figures = any(role in FIGURES or role is Role.CAPAIAN for role in roles)
    if not (has_name and has_figures):
        return 0.0
    known = {(head.role, head.period) for head in heads.values() if head.is_known}
    return len(known) - 0.5 * sum(not head.is_known for head in heads.values())


def _columns(sheet: Sheet, header: tuple[int, int], heads: dict[int, HeaderWords]) -> list[Column]:
    """Turn headers into columns; of several with one name the one with most text keeps it."""
    columns = [
        Column(
            number,
            head.text,
            head.role,
            head.period,
            Message(mark("its header says '{header}'"), {"header": head.text}),
        )
        for number, head in heads.items()
    ]
    for role in _SINGLE:
        same = [column for column in columns if column.role is role]
        if len(same) > 1:
            keeps = max(same, key=lambda column: (_letters(sheet, header[1] + 1, column.number), -column.number))
            values = {"column": keeps.letter, "role": Message(ROLE_WORDS[role])}
            why = Message(mark("the column {column} holds the {role}"), values)
            columns = [
                replace(column, role=Role.IGNORED, why=why) if column in same and column != keeps else column
                for column in columns
            ]
    return columns


def _letters(sheet: Sheet, first: int, column: int) -> int:
    """Count the letters in a column's first cells."""
    return sum(
        sign.isalpha() for row in range(first, min(first + 50, len(sheet.rows))) for sign in sheet.text(row, column)
    )


def _mapped(columns: list[Column], mapping: SheetMapping) -> list[Column]:
    """Let a mapping's columns win, also over columns without a header."""
    by_number = {column.number: column for column in columns}
    for letters, said in mapping.columns.items():
        if not re.fullmatch(r"[A-Z]{1,3}", letters):
            raise UsageError("mapping: '{column}' is no column; write its letter, such as C.", column=letters)
        number = column_number(letters)
        column = by_number.get(number, Column(number, "", Role.UNKNOWN, None, Message(mark("it has no header"))))
        if said.role is not None:
            column = replace(column, role=said.role, why=Message(mark("a person said so")))
        if said.period is not None:
            column = replace(column, period=PeriodWords.parse(said.period), why=Message(mark("a person said so")))
        by_number[number] = replace(column, numbers=said.numbers)
    return [replace(by_number[n], numbers=by_number[n].numbers or mapping.numbers) for n in sorted(by_number)]


def _settled(columns: list[Column], title: TitleFacts) -> tuple[Column, ...]:
    """Settle what a header alone leaves open: `Capaian`, and a period alone."""
    settled = []
    for column in columns:
        if column.role is Role.CAPAIAN:
            column = _capaian(column, columns)
        elif column.role is Role.SERIES and title.is_about_targets:
            column = replace(
                column, role=Role.TARGET, why=_also(column, mark("{why}, and the title speaks of targets alone"))
            )
        elif column.role in FIGURES and column.period is None:
            column = _left_period(column, columns)
        settled.append(column)
    return tuple(settled)


def _capaian(column: Column, columns: Sequence[Column]) -> Column:
    """Tell the share of the target from the value by the columns of the same period."""
    same = {
        other.role
        for other in columns
        if other.period == column.period or other.period is None or column.period is None
    }
    if Role.VALUE in same:
        return replace(column, role=Role.ACHIEVEMENT, why=_also(column, mark("{why}, beside a column of values")))
    if Role.ACHIEVEMENT in same:
        return replace(column, role=Role.VALUE, why=_also(column, mark("{why}, beside a column of achievement")))
    return column


def _left_period(column: Column, columns: Sequence[Column]) -> Column:
    """Give an achievement column without a period that of the value column at its left."""
    if column.role is not Role.ACHIEVEMENT:
        return column
    left = [other for other in columns if other.number < column.number and other.role in (Role.VALUE, Role.TARGET)]
    if not left or left[-1].period is None:
        return column
    why = Message(mark("{why}, at the right of '{header}'"), {"why": column.why, "header": left[-1].header})
    return replace(column, period=left[-1].period, why=why)


def _also(column: Column, text: str) -> Message:
    """Return why a column is what it is, with one more reason."""
    return Message(text, {"why": column.why})
