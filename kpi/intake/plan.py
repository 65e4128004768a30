"""Judges a sheet whole: its faults in words, its sound figures, what it would define. Writes nothing."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from kpi.errors import UsageError
from kpi.intake.checks import figure_faults
from kpi.intake.coded import Coded, coded_text
from kpi.intake.definitions import defined, said
from kpi.intake.faults import Fault, FileFault, broken_rows, in_words
from kpi.intake.figures import Figures
from kpi.intake.options import ImportOptions, RowError
from kpi.intake.parsing import parse
from kpi.intake.rows import Rows
from kpi.intake.sheet import Sheet
from kpi.intake.stated import circles, contradictions, other_names, stated, unknown_codes
from kpi.model import Indicator
from kpi.store.record import Definitions

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Plan:
    """What one file would do. `figures` (FIGURES) holds the sound rows, `refused` the places of the others.

    `definitions` is everything known afterwards, None when no row is sound and the organisation isn't known.
    """

    sheet: Sheet
    figures: pa.Table
    refused: NDArray[np.int64]
    errors: tuple[RowError, ...]
    errors_left_out: int
    definitions: Definitions | None
    created: tuple[str, ...]
    warnings: tuple[str, ...]


def planned(sheet: Sheet, known: Definitions | None, options: ImportOptions) -> Plan:
    """Judge the sheet. Raises FileFault for what concerns the whole file, UsageError when an option contradicts it."""
    _check_organisations(sheet)
    year_starts_in = _year_start(known, options)
    indicators: Mapping[str, Indicator] = known.indicators if known else {}
    parsed, faults = parse(sheet, year_starts_in, indicators)
    rows = _with_options(parsed, options)
    holds = stated(rows, known)
    figures = Figures.of(rows, holds.multiplier.by_owner)
    faults += contradictions(rows, holds)
    faults += circles(rows, holds, known, options.organisation_code)
    faults += [] if options.create else unknown_codes(rows, known)
    faults += figure_faults(figures)
    faults = _own_faults(faults, sheet)
    sound = ~broken_rows(faults, rows.count)
    errors, left_out = in_words(faults, rows.lines, sheet.path)
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
        warnings=(*_unknown_columns(sheet), *_kept_name(known, options), *other_names(rows, holds)),
    )


def _check_organisations(sheet: Sheet) -> None:
    """Raise FileFault when the file's own organisation_code, as exports have it, names more than one."""
    column = sheet.columns.get("organisation_code")
    codes = sorted(coded_text(column).distinct) if column is not None else []
    if len(codes) > 1:
        raise FileFault(
            f"{sheet.path.name}: holds figures of several organisations ({', '.join(codes[:5])}). "
            "Import them one at a time.",
            column="organisation_code",
        )


def _year_start(known: Definitions | None, options: ImportOptions) -> int:
    """Return the month in which the organisation's year starts. Raises FileFault when the option contradicts it."""
    wanted = options.year_starts_in
    if known is None:
        return wanted or 1
    held = known.organisation.year_starts_in
    if wanted is not None and wanted != held:
        raise FileFault(
            f"organisation '{options.organisation_code}' has a year that starts in month {held}, "
            f"and --year-starts-in says {wanted}. Leave the option out, or import into another organisation."
        )
    return held


def _with_options(rows: Rows, options: ImportOptions) -> Rows:
    """Return the rows with the aggregations that the options state for the whole file."""
    over_periods = _stated_for_all(
        rows, rows.over_periods, options.aggregation_over_periods, "aggregation_over_periods"
    )
    over_units = _stated_for_all(rows, rows.over_units, options.aggregation_over_units, "aggregation_over_units")
    return dataclasses.replace(rows, over_periods=over_periods, over_units=over_units)


def _stated_for_all(rows: Rows, column: Coded[T], rule: T | None, name: str) -> Coded[T]:
    if rule is None:
        return column
    differing = np.array([value != rule for value in column.distinct], dtype=np.bool_)
    places = np.flatnonzero(column.spread(differing, otherwise=False))
    if len(places):
        row = int(places[0])
        raise UsageError(
            f"--{name.replace('_', '-')} says {rule}, and line {rows.lines[row]} says {column.at(row)}. "
            "Leave out the option or the column."
        )
    return Coded.constant(rule, rows.count)


def _own_faults(faults: list[Fault], sheet: Sheet) -> list[Fault]:
    """Return the faults without those that follow from a row's having too many or too few cells."""
    if not sheet.ragged:
        return faults
    ragged = np.array(sorted(sheet.ragged), dtype=np.int64)
    others = [dataclasses.replace(each, rows=each.rows[~np.isin(each.rows, ragged)]) for each in faults[1:]]
    return [faults[0], *(each for each in others if len(each.rows))]


def _kept_name(known: Definitions | None, options: ImportOptions) -> list[str]:
    name = options.organisation_name
    if known is None or name is None or name == known.organisation.name:
        return []
    return [f"the organisation is known as '{known.organisation.name}', which is kept; '{name}' is not taken over."]


def _unknown_columns(sheet: Sheet) -> list[str]:
    return [f"column '{name}' is not one that an import knows; it is passed over." for name in sheet.unknown]
