"""The period of a figure: from its column, its row, the title or a person's word; never made up."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from kpi.errors import KpiError
from kpi.intake.messages import Message, mark
from kpi.intake.sheets.cells import CellValue, Sheet, address, as_text
from kpi.intake.sheets.figures import ReadOptions
from kpi.intake.sheets.findings import Finding, error, question, warning
from kpi.intake.sheets.headers import Role
from kpi.intake.sheets.layout import Layout
from kpi.intake.sheets.mapping import DateOrder, SheetMapping
from kpi.intake.sheets.periods import PeriodWords, dates_read, header_text, period_words
from kpi.intake.sheets.table_body import RowKind
from kpi.intake.sheets.table_header import Column
from kpi.intake.sheets.words import fold, shortened
from kpi.periods import Grain, Period

_BY_NUMBER = {"bulan": Grain.MONTH, "month": Grain.MONTH, "triwulan": Grain.QUARTER, "tw": Grain.QUARTER}
_BY_NUMBER |= {"quarter": Grain.QUARTER, "kuartal": Grain.QUARTER, "semester": Grain.SEMESTER, "smt": Grain.SEMESTER}
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}
_MOST = {Grain.MONTH: 12, Grain.QUARTER: 4, Grain.SEMESTER: 2}


@dataclass(frozen=True, slots=True)
class SheetYear:
    """The year that holds where neither column nor row names one."""

    year: int | None
    finding: Finding | None = None


def sheet_year(layout: Layout, mapping: SheetMapping, options: ReadOptions) -> SheetYear:
    """Return a sheet's year: the mapping's, else the given one, else the title's; two that differ are an error."""
    if mapping.year is not None:
        return SheetYear(mapping.year)
    said = layout.title.year
    if options.year is not None and said is not None and options.year != said:
        text = mark(
            "{why}, but the year {given} was given. Leave the year out, or state it for this sheet in the mapping."
        )
        return SheetYear(None, error(layout.sheet, None, text, why=layout.title.year_why, given=options.year))
    return SheetYear(options.year if options.year is not None else said)


def date_order(layout: Layout, sheet: Sheet, mapping: SheetMapping) -> DateOrder | None:
    """Decide whether 05/04/2025 is day first, from all dates of the table; None = nothing decides."""
    if mapping.dates is not None:
        return mapping.dates
    columns = layout.of_role(Role.PERIOD_START, Role.PERIOD_END)
    texts = (
        sheet.text(row, column.number).strip()
        for row, kind in enumerate(layout.rows, start=layout.body[0])
        for column in columns
        if kind is RowKind.DATA
    )
    orders = {order for text in texts if (order := _order(text)) is not None}
    return orders.pop() if len(orders) == 1 else None


def _order(text: str) -> DateOrder | None:
    """Return the order that one written date shows: 31/12/2025 is day first."""
    parts = re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-]\d{4}", text)
    if parts is None or (int(parts[1]) > 12) == (int(parts[2]) > 12):
        return None
    return DateOrder.DAY_FIRST if int(parts[1]) > 12 else DateOrder.MONTH_FIRST


def row_period(
    sheet: Sheet, layout: Layout, row: int, year: int | None, order: DateOrder | None, options: ReadOptions
) -> tuple[Period | None, str | None, Finding | None]:
    """Return the period that a row's own cells name, with the cell, or a finding where they can't be read.

    (None, None, None) when the row names none.
    """
    start, end = layout.of_role(Role.PERIOD_START), layout.of_role(Role.PERIOD_END)
    if start and end:
        return _span(sheet, row, start[0], end[0], order, options)
    periods, years = layout.of_role(Role.PERIOD), layout.of_role(Role.YEAR)
    if years:
        value = sheet.value(row, years[0].number)
        text = as_text(value).strip()
        if not (text.isdecimal() and 1900 <= int(text) <= 2200):
            return None, None, _unread(layout, row, years[0], text, mark("a year such as 2025"))
        year = int(text)
    if periods:
        return _named(sheet, layout, row, periods[0], year, options)
    if years and year is not None:
        return (
            PeriodWords(Grain.YEAR, 1, year).period(year, options.year_starts_in),
            address(row, years[0].number),
            None,
        )
    return None, None, None


def _span(
    sheet: Sheet, row: int, start: Column, end: Column, order: DateOrder | None, options: ReadOptions
) -> tuple[Period | None, str | None, Finding | None]:
    """Read first and last day."""
    days: list[date] = []
    for column in (start, end):
        cell, text = address(row, column.number), sheet.text(row, column.number)
        found = dates_read(sheet.value(row, column.number))
        if not found:
            return (
                None,
                None,
                error(sheet.name, cell, mark("'{text}' is no date; write it as 2025-12-31."), text=shortened(text)),
            )
        if len(found) > 1 and order is None:
            words = mark("'{text}' can be {one} or {other}. State `dates` for this sheet in the mapping.")
            return None, None, question("dates", sheet.name, cell, words, text=text, one=found[0], other=found[1])
        days.append(found[len(found) - 1 if order is DateOrder.MONTH_FIRST else 0])
    cell = address(row, start.number)
    if days[0] > days[1]:
        return (
            None,
            None,
            error(
                sheet.name, cell, mark("The period starts {start}, after it ends {end}."), start=days[0], end=days[1]
            ),
        )
    period = Period.of_span(days[0], days[1], options.year_starts_in)
    if period is None:
        words = mark("{start} to {end} is no month, quarter, semester or year.")
        return None, None, error(sheet.name, cell, words, start=days[0], end=days[1])
    return period, cell, None


def _named(
    sheet: Sheet, layout: Layout, row: int, column: Column, year: int | None, options: ReadOptions
) -> tuple[Period | None, str | None, Finding | None]:
    """Read a period's name: `TW II`, `Januari 2025`, `3` under `Bulan`, a typed date."""
    value = sheet.value(row, column.number)
    words = _words(value, column)
    if words is None:
        return None, None, _unread(layout, row, column, as_text(value), mark("a period such as TW II 2025 or 2025-09"))
    if words.is_to_date:
        text = mark("The period '{text}' runs from the start of the year; give the figure of the period itself.")
        return None, None, error(layout.sheet, address(row, column.number), text, text=shortened(as_text(value)))
    if year is None and words.year is None:
        cell = address(row, column.number)
        return None, None, question("year", layout.sheet, cell, mark("No year is stated. Give one (--year)."))
    return words.period(year or words.year or 0, options.year_starts_in), address(row, column.number), None


def _words(value: CellValue, column: Column) -> PeriodWords | None:
    """Read a period cell; a bare number counts what the header names."""
    if isinstance(value, date | datetime):
        return period_words(header_text(value))[0]
    text = fold(as_text(value))
    grain = _BY_NUMBER.get(fold(column.header))
    number = _ROMAN.get(text, text)
    if grain and number.isdecimal() and len(number) < 3:
        return PeriodWords(grain, int(number), None) if 1 <= int(number) <= _MOST[grain] else None
    words, rest = period_words(as_text(value))
    return words if words and not rest else PeriodWords.parse(as_text(value).strip())


def _unread(layout: Layout, row: int, column: Column, text: str, wanted: str) -> Finding:
    cell = address(row, column.number)
    return error(
        layout.sheet, cell, mark("'{text}' can't be read as {wanted}."), text=shortened(text), wanted=Message(wanted)
    )


def column_period(
    column: Column, layout: Layout, year: int | None, mapping: SheetMapping, options: ReadOptions
) -> tuple[Period | None, Finding | None]:
    """Return the period of a column where rows name none: its own, else the mapping's, the title's, or the year."""
    words = column.period
    if words is None:
        given = PeriodWords.parse(mapping.period) if mapping.period else None
        words = given or layout.title.period or PeriodWords(Grain.YEAR, 1, None)
    cell = address(layout.header[1], column.number)
    if words.is_to_date:
        text = mark(
            "'{header}' runs from the start of the year to the period; it is not read. Give the period's own figure."
        )
        return None, warning(layout.sheet, cell, text, header=column.header)
    if year is None and words.year is None:
        text = mark("'{header}': no year is stated. Give one (--year).")
        return None, question("year", layout.sheet, cell, text, header=column.header)
    try:
        return words.period(year or words.year or 0, options.year_starts_in), None
    except KpiError as problem:
        return None, error(layout.sheet, cell, mark("{problem}"), problem=problem)
