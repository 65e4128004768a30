"""Judges a sheet whole: its faults in words, its sound figures, what it would define. Writes nothing."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, TypeVar

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from kpi.errors import UsageError
from kpi.intake.checks import figure_faults
from kpi.intake.coded import Coded, coded_text
from kpi.intake.definitions import defined, said
from kpi.intake.doubts import doubtful_figures, impossible_figures
from kpi.intake.faults import Fault, FileFault, broken_rows, in_words
from kpi.intake.figures import Figures
from kpi.intake.messages import Message, mark
from kpi.intake.options import ImportOptions, RowError
from kpi.intake.parsing import parse
from kpi.intake.rows import Rows
from kpi.intake.series import KnownSeries
from kpi.intake.sheet import Sheet
from kpi.intake.sheets.findings import Finding, Severity
from kpi.intake.stated import Stated, circles, contradictions, other_names, stated, unknown_codes
from kpi.model import Indicator, Polarity
from kpi.store.record import Definitions

T = TypeVar("T")
MOST_DOUBTS: Final = 1_000
"""Warnings of one file that are put into words and kept with its batch; the rest are counted."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What one file would do. `figures` (FIGURES) holds the sound rows, `refused` the places of the others.

    `doubts` are warnings on rows that go in all the same. `definitions` is everything
    known afterwards, None when no row is sound and the organisation isn't known.
    """

    sheet: Sheet
    figures: pa.Table
    refused: NDArray[np.int64]
    errors: tuple[RowError, ...]
    errors_left_out: int
    definitions: Definitions | None
    created: tuple[Message, ...]
    doubts: tuple[Finding, ...]
    doubts_left_out: int


def planned(sheet: Sheet, known: Definitions | None, options: ImportOptions, series: KnownSeries | None = None) -> Plan:
    """Judge the sheet. Raises FileFault for what concerns the whole file, UsageError when an option contradicts it.

    `series`: what is known of earlier figures, so that jumps are seen.
    """
    _check_organisations(sheet)
    year_starts_in = _year_start(known, options)
    indicators: Mapping[str, Indicator] = known.indicators if known else {}
    parsed, faults = parse(sheet, year_starts_in, indicators)
    rows = _with_directions(_with_options(parsed, options), options.mapping.polarities)
    holds = stated(rows, known)
    figures = Figures.of(rows, holds.multiplier.by_owner)
    faults += contradictions(rows, holds)
    faults += circles(rows, holds, known, options.organisation_code)
    faults += [] if options.create else unknown_codes(rows, known)
    faults += figure_faults(figures)
    faults += impossible_figures(figures, holds, indicators)
    faults = _own_faults(faults, sheet)
    sound = ~broken_rows(faults, rows.count)
    errors, left_out = in_words(faults, sheet)
    doubts, doubts_left_out = _doubts(
        sheet, rows, holds, sound, doubtful_figures(figures, holds, indicators, series, is_workbook=sheet.is_workbook)
    )
    heard = holds if sound.all() else stated(rows, known, among=sound)
    after = defined(rows, sound, heard, known, options) if sound.any() else known
    return Plan(
        sheet=sheet,
        figures=figures.as_arrow(sound),
        refused=np.flatnonzero(~sound),
        errors=errors,
        errors_left_out=left_out,
        definitions=after,
        created=tuple(said(known, after)) if after else (),
        doubts=(*_unknown_columns(sheet), *_kept_name(sheet, known, options), *doubts),
        doubts_left_out=doubts_left_out,
    )


def _doubts(
    sheet: Sheet, rows: Rows, holds: Stated, sound: NDArray[np.bool_], found: Iterable[Fault]
) -> tuple[list[Finding], int]:
    """Put into words what is doubtful in the sound rows, in the order of the file; count what is beyond the first."""
    named = [
        Fault(np.array([row]), column, lambda _, message=message: message)
        for row, column, message in other_names(rows, holds)
    ]
    kept = [dataclasses.replace(each, rows=each.rows[sound[each.rows]]) for each in (*named, *found)]
    errors, left_out = in_words(kept, sheet, MOST_DOUBTS)
    return [dataclasses.replace(error.finding, severity=Severity.WARNING) for error in errors], left_out


def _check_organisations(sheet: Sheet) -> None:
    """Raise FileFault when the file's own organisation_code, as exports have it, names more than one."""
    column = sheet.columns.get("organisation_code")
    codes = sorted(coded_text(column).distinct) if column is not None else []
    if len(codes) > 1:
        raise FileFault(
            mark("{file}: holds figures of several organisations ({codes}). Import them one at a time."),
            column="organisation_code",
            file=sheet.path.name,
            codes=", ".join(codes[:5]),
        )


def _year_start(known: Definitions | None, options: ImportOptions) -> int:
    """Return the month in which the organisation's year starts. Raises FileFault when the option contradicts it."""
    wanted = options.year_starts_in
    if known is None:
        return wanted or 1
    held = known.organisation.year_starts_in
    if wanted is not None and wanted != held:
        raise FileFault(
            mark(
                "organisation '{code}' has a year that starts in month {held}, and --year-starts-in says {wanted}. "
                "Leave the option out, or import into another organisation."
            ),
            code=options.organisation_code,
            held=held,
            wanted=wanted,
        )
    return held


def _with_options(rows: Rows, options: ImportOptions) -> Rows:
    """Return the rows with the aggregations that the options state for the whole file."""
    over_periods = _stated_for_all(
        rows, rows.over_periods, options.aggregation_over_periods, "aggregation_over_periods"
    )
    over_units = _stated_for_all(rows, rows.over_units, options.aggregation_over_units, "aggregation_over_units")
    return dataclasses.replace(rows, over_periods=over_periods, over_units=over_units)


def _with_directions(rows: Rows, confirmed: Mapping[str, Polarity]) -> Rows:
    """Return the rows with the directions that a person confirmed, where they state none themselves."""
    if not confirmed:
        return rows
    distinct = tuple(dict.fromkeys([*rows.polarity.distinct, *confirmed.values()]))
    told = [distinct.index(confirmed[code]) if code in confirmed else -1 for code in rows.indicator.distinct]
    given = rows.indicator.spread(np.array(told, dtype=np.int32), otherwise=-1)
    codes = np.where(rows.polarity.is_stated, rows.polarity.codes, given).astype(np.int32)
    return dataclasses.replace(rows, polarity=Coded(codes, distinct))


def _stated_for_all(rows: Rows, column: Coded[T], rule: T | None, name: str) -> Coded[T]:
    if rule is None:
        return column
    differing = np.array([value != rule for value in column.distinct], dtype=np.bool_)
    places = np.flatnonzero(column.spread(differing, otherwise=False))
    if len(places):
        row = int(places[0])
        raise UsageError(
            "--{option} says {rule}, and line {line} says {other}. Leave out the option or the column.",
            option=name.replace("_", "-"),
            rule=rule,
            line=rows.lines[row],
            other=column.at(row),
        )
    return Coded.constant(rule, rows.count)


def _own_faults(faults: list[Fault], sheet: Sheet) -> list[Fault]:
    """Return the faults without those that follow from a row's having too many or too few cells."""
    if not sheet.ragged:
        return faults
    ragged = np.array(sorted(sheet.ragged), dtype=np.int64)
    others = [dataclasses.replace(each, rows=each.rows[~np.isin(each.rows, ragged)]) for each in faults[1:]]
    return [faults[0], *(each for each in others if len(each.rows))]


def _kept_name(sheet: Sheet, known: Definitions | None, options: ImportOptions) -> list[Finding]:
    name = options.organisation_name
    if known is None or name is None or name == known.organisation.name:
        return []
    text = mark("the organisation is known as '{kept}', which is kept; '{name}' is not taken over.")
    values = {"kept": known.organisation.name, "name": name}
    return [Finding(Severity.WARNING, None, None, text, values, sheet.path.name)]


def _unknown_columns(sheet: Sheet) -> list[Finding]:
    text = mark("column '{name}' is not one that an import knows; it is passed over.")
    return [
        Finding(Severity.WARNING, None, sheet.header_cell(name), text, {"name": name}, sheet.path.name)
        for name in sheet.unknown
    ]
