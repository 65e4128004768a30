"""Reads a filled-in template back: its figures as tidy rows, what it states of indicators, and where each stands.

Pure: knows no store. A workbook with the marker and a torn structure is refused in words, never read halfway.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Final

import pyarrow as pa

from kpi.errors import UsageError
from kpi.i18n import Language, mark
from kpi.intake.comment_rows import SAID, comment_from, faults_of
from kpi.intake.sheets.cells import Book
from kpi.intake.sheets.findings import Finding, error, info, refuses
from kpi.intake.sheets.words import fold
from kpi.intake.templates.amount import Amount
from kpi.intake.templates.grid import Grid, grid_of
from kpi.intake.templates.marker import DEFINITION_KEY, ENTRY_KEY, TARGET_OF, VERSION, Marker, marker_of
from kpi.intake.templates.rows import Key, Row, as_sources, as_table
from kpi.intake.templates.stated import StatedIndicator, levels_by_code, stated_indicators
from kpi.model import Comment
from kpi.periods import Grain, Period
from kpi.scoring.ordinal import OrdinalLevels

_ENTRY_NEEDS: Final = ("unit_code", "indicator_code", "period", "target", "value")
_DEFINITION_NEEDS: Final = ("unit_code", "indicator_code", "name", "weight")
_INPUTS: Final = ("target", "target_high", "numerator", "denominator", "value", "note")
_NO_MARKER: Final = mark(
    "The template's hidden sheet was changed. Fetch a fresh template and copy the figures into it."
)
_NO_ENTRIES: Final = mark("The template's sheet of figures is missing. Fetch a fresh template and copy them into it.")
_NO_COLUMN: Final = mark(
    "The template's column '{name}' is missing. Fetch a fresh template and copy the figures into it."
)


@dataclass(frozen=True, slots=True)
class TemplateContent:
    """What a filled-in template says. `rows`: ROWS, `sources`: the cell of each field (line from 0).

    The first `entry_count` rows stand on the sheet of figures, the others are yearly targets beside the definitions.
    `comments` have no author yet: it is who gives the template back.
    With an error among `findings` nothing of the file may be written.
    """

    organisation_code: str
    unit_code: str
    period: Period | None
    language: Language
    rows: pa.Table
    sources: pa.Table
    entry_count: int
    definitions: tuple[StatedIndicator, ...]
    findings: tuple[Finding, ...]
    comments: tuple[Comment, ...] = ()

    @property
    def is_refused(self) -> bool:
        """An error stands among the findings."""
        return refuses(self.findings)


def tidy_of(book: Book) -> TemplateContent | None:
    """Return what a template says, None when the workbook is none."""
    marker = marker_of(book)
    if marker is None:
        return None
    period = _period(marker.period_code, marker.year_starts_in)
    entries, definitions = grid_of(book, ENTRY_KEY), grid_of(book, DEFINITION_KEY)
    torn = _torn(marker, period, entries, definitions)
    if torn or period is None or entries is None:
        return _content(marker, period, [], 0, (), torn)
    stated = stated_indicators(definitions) if definitions else ()
    reading = _Reading(marker, period, levels_by_code(stated), {})
    reading.read_entries(entries)
    entry_count = len(reading.rows)
    findings = list(book.findings)
    if definitions is None:
        findings.append(info(None, None, mark("The sheet of definitions is not there; only the figures are read.")))
    else:
        reading.read_statements(definitions)
    findings += [*entries.findings, *(definitions.findings if definitions else ())]
    rows = list(reading.rows.values())
    if not rows and not stated and not reading.comments:
        findings.append(error(None, None, mark("The template is empty: no figure and no target stands in it.")))
    content = _content(marker, period, rows, entry_count, stated, findings)
    return replace(content, comments=tuple(reading.comments))


def _content(
    marker: Marker,
    period: Period | None,
    rows: list[Row],
    entry_count: int,
    stated: tuple[StatedIndicator, ...],
    findings: list[Finding],
) -> TemplateContent:
    return TemplateContent(
        marker.organisation_code,
        marker.unit_code,
        period,
        marker.language,
        as_table(rows),
        as_sources(rows),
        entry_count,
        stated,
        tuple(findings),
    )


def _period(code: str, year_starts_in: int) -> Period | None:
    """Return the period of a code, None where it is none or lies outside the calendar (0000, 9999)."""
    try:
        return Period.parse(code, year_starts_in)
    except (UsageError, ValueError):
        return None


def _torn(marker: Marker, period: Period | None, entries: Grid | None, definitions: Grid | None) -> list[Finding]:
    """Name what keeps the template from being read."""
    if marker.version != str(VERSION):
        said = mark("This template is of version {version}, and version {known} is read. Fetch a fresh template.")
        return [error(None, None, said, version=marker.version or "?", known=VERSION)]
    found = [] if marker.organisation_code and marker.unit_code and period else [error(None, None, _NO_MARKER)]
    found += [] if entries else [error(None, None, _NO_ENTRIES)]
    for grid, needed in ((entries, _ENTRY_NEEDS), (definitions, _DEFINITION_NEEDS)):
        if grid is not None:
            absent = [name for name in needed if name not in grid.columns]
            found += [error(grid.sheet.name, None, _NO_COLUMN, name=name) for name in absent]
    return found


@dataclass(slots=True)
class _Reading:
    """Gathers the rows of both sheets, one per figure."""

    marker: Marker
    period: Period
    levels: Mapping[str, OrdinalLevels]
    rows: dict[Key, Row]
    comments: list[Comment] = field(default_factory=list)

    def read_entries(self, grid: Grid) -> None:
        """Take the figures of the entry sheet."""
        for number in grid.rows:
            if not grid.has_any(number, (*_INPUTS, *SAID, "indicator_code")):
                continue
            row = self._entry(grid, number)
            if row is None:
                continue
            self._comment(grid, number, row)
            if row.key in self.rows:
                said = mark("{code} in {period} stands in this sheet twice. Remove one of the two rows.")
                grid.refuse(number, "indicator_code", said, code=row.indicator_code, period=grid.text(number, "period"))
            elif row.has_figure or "target_high" in row.numbers:
                self.rows[row.key] = row
            elif row.note:
                grid.warn(number, "note", mark("A note without a figure is not kept. Fill in the value."))

    def _entry(self, grid: Grid, number: int) -> Row | None:
        code = grid.text(number, "indicator_code")
        if not code:
            grid.refuse(number, "indicator_code", mark("The row has figures and no indicator code. Give the code."))
            return None
        period = self._period_of(grid, number)
        if period is None:
            return None
        row = Row(grid.text(number, "unit_code") or self.marker.unit_code, code, period)
        row.cells |= {name: (grid.sheet.name, grid.cell(number, name)) for name in ("unit_code", "indicator_code")}
        row.cells |= dict.fromkeys(("period_start", "period_end"), (grid.sheet.name, grid.cell(number, "period")))
        measured = grid.text(number, "unit_of_measure")
        for name in _INPUTS[:-1]:
            is_part = name in ("numerator", "denominator")
            levels = None if is_part else self.levels.get(code)
            amount = grid.amount(number, name, "" if is_part else measured, levels)
            if amount is not None:
                _put(row, name, amount, grid.sheet.name, grid.cell(number, name))
        _check_formula(grid, number, row)
        row.note = grid.text(number, "note")
        if row.note:
            row.cells["note"] = (grid.sheet.name, grid.cell(number, "note"))
        return row

    def _comment(self, grid: Grid, number: int, row: Row) -> None:
        """Take what is said of the row's figure, and name at its cell what lacks in it."""
        said = {name: _day_or_text(grid, number, name) for name in SAID}
        if not any(said.values()):
            return
        figure = {"unit_code": row.unit_code, "indicator_code": row.indicator_code}
        days = {"period_start": row.period.start.isoformat(), "period_end": row.period.end.isoformat()}
        stated = {**figure, **days, **said}
        faults = list(faults_of(stated, self.marker.year_starts_in))
        for column, message in faults:
            grid.refuse(number, column, message.text, **message.values)
        if not faults:
            organisation = self.marker.organisation_code
            self.comments.append(comment_from(organisation, stated, "", self.marker.year_starts_in))

    def _period_of(self, grid: Grid, number: int) -> Period | None:
        """Return the period that a row names, in the template's words or as a code (2026-09)."""
        value = grid.sheet.value(number, grid.columns["period"])
        if isinstance(value, datetime | date):  # a spreadsheet made a date of 2026-09
            return Period.containing(
                value.date() if isinstance(value, datetime) else value, Grain.MONTH, self.marker.year_starts_in
            )
        text = grid.text(number, "period")
        words = {fold(known): code for known, code in self.marker.periods.items()}
        period = _period(words.get(fold(text), text), self.marker.year_starts_in)
        if period is None:
            said = mark("'{text}' is no period. Write it as in the other rows, or as 2026, 2026-S1, 2026-Q3, 2026-09.")
            grid.refuse(number, "period", said, text=text)
        return period

    def read_statements(self, grid: Grid) -> None:
        """Take yearly targets and weights of the definition sheet."""
        codes = {key: key.removeprefix(TARGET_OF) for key in grid.columns if key.startswith(TARGET_OF)}
        years = {key: _period(code, self.marker.year_starts_in) for key, code in codes.items()}
        for number in grid.rows:
            code = grid.text(number, "indicator_code")
            if not code:
                continue  # said where definitions are read
            unit = grid.text(number, "unit_code") or self.marker.unit_code
            for key, year in years.items():
                if year is not None:
                    self._target(grid, number, key, (unit, code, year))
            self._weight(grid, number, unit, code)

    def _target(self, grid: Grid, number: int, key: str, figure: tuple[str, str, Period]) -> None:
        unit, code, period = figure
        amount = grid.amount(number, key, grid.text(number, "unit_of_measure"), self.levels.get(code))
        if amount is None:
            return
        row = Row(unit, code, period)
        place = (grid.sheet.name, grid.cell(number, key))
        known = self.rows.setdefault(row.key, row)
        stated = known.numbers.get("target")
        if stated is None:
            _put(known, "target", amount, *place)
            known.cells.setdefault("indicator_code", (grid.sheet.name, grid.cell(number, "indicator_code")))
        elif stated != amount.value:
            other = " ".join(known.cells["target"])
            said = mark("The target of {period} is another one in {place}. Write the same in both, or empty one.")
            grid.refuse(number, key, said, period=period.code, place=other)

    def _weight(self, grid: Grid, number: int, unit: str, code: str) -> None:
        """Put a weight beside a figure of its year: the record takes it with one."""
        amount = grid.amount(number, "weight")
        if amount is None:
            return
        year = self.period.year
        beside = (row for row in self.rows.values() if (row.unit_code, row.indicator_code) == (unit, code))
        row = next((row for row in beside if row.period.year == year and row.has_figure), None)
        if row is not None:
            row.put("weight", amount.value, grid.sheet.name, grid.cell(number, "weight"))
        elif amount.value != grid.before(number, "weight"):
            said = mark("The weight of {code} has no figure of {year} beside it. State its target of {year} too.")
            grid.refuse(number, "weight", said, code=code, year=year)


def _day_or_text(grid: Grid, number: int, name: str) -> str:
    """Return a cell as text; a day that a spreadsheet program made a date of, as 2026-12-31."""
    place = grid.columns.get(name)
    value = None if place is None else grid.sheet.value(number, place)
    if isinstance(value, datetime):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else grid.text(number, name)


def _put(row: Row, name: str, amount: Amount, sheet: str, cell: str) -> None:
    """Set a number, and the upper end of a target that is written as a range."""
    row.put(name, amount.value, sheet, cell)
    if amount.high is not None:
        row.put("target_high", amount.high, sheet, cell)


def _check_formula(grid: Grid, number: int, row: Row) -> None:
    """Say where a formula was never computed and its parts don't stand in for it."""
    for name in ("target", "target_high", "numerator", "denominator", "value"):
        place = grid.columns.get(name)
        is_unvalued = place is not None and (number, place) in grid.sheet.unvalued
        if is_unvalued and not (name == "value" and _has_parts_or_nothing(row)):
            said = mark("The formula in this cell was never computed. Open the file in Excel, save it, and try again.")
            grid.refuse(number, name, said)


def _has_parts_or_nothing(row: Row) -> bool:
    """Say whether the template's own formula needs no value: both parts stand there, or neither."""
    return ("numerator" in row.numbers) == ("denominator" in row.numbers)
