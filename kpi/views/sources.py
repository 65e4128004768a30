"""Where a figure comes from: the reports it was made of, each with its file, cell, batch, who, when and why.

Knows no screen and no language.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

import pandas as pd

from kpi.access import AllowedSnapshot
from kpi.periods import Grain, Period
from kpi.views.moments import local
from kpi.views.plain_rows import names_by, plain_rows
from kpi.views.selection import Selection
from kpi.views.sheets import Sheet, sheets_in
from kpi.views.tree import tree_of

MOST_UNITS: Final = 60
"""Units below that are asked for their reports; of a larger tree the first ones."""


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One value or target as a unit reported it. `cell` None: not from a workbook, then `line` is the file's."""

    unit_code: str
    unit_name: str
    sheet: Sheet
    period: Period
    field: str
    figure: float
    batch_number: int
    file_name: str | None
    workbook_sheet: str | None
    cell: str | None
    line: int | None
    made_by: str
    recorded_at: datetime | None
    reason: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class Sources:
    """The reports behind a figure, the newest period first. `is_own`: the unit's own, else of units below it.

    `left_out` units below carry the indicator too and were not asked.
    """

    lines: tuple[SourceLine, ...]
    is_own: bool
    left_out: int = 0

    @property
    def batches(self) -> tuple[int, ...]:
        """The batches that brought them, the newest first."""
        return tuple(sorted({line.batch_number for line in self.lines}, reverse=True))


def sources_of(snapshot: AllowedSnapshot, selection: Selection, indicator_code: str, unit_code: str) -> Sources:
    """Return what was reported within the selection's period (to date: since the year began) for a unit's figure.

    The unit's own reports, of a computed indicator also those of its two parts; where it has none, those of all units
    below it that carry the indicator.
    """
    organisation, period = selection.organisation_code, selection.period
    first = period.year_start if selection.to_date else period.start
    indicators = snapshot.indicators(organisation)
    codes = _parts(indicators, indicator_code)
    own = _lines(snapshot, selection, indicators, codes, (unit_code,), first, period.end)
    if own:
        return Sources(own, is_own=True)
    carrying = {str(unit) for code in codes for unit in snapshot.newest_facts(organisation, code)["unit_code"]}
    tree = tree_of(snapshot.units(organisation))
    below = [code for code in tree.subtree(unit_code)[1:] if code in carrying]
    found = _lines(snapshot, selection, indicators, codes, below[:MOST_UNITS], first, period.end)
    return Sources(found, is_own=False, left_out=len(below[MOST_UNITS:]))


def _parts(indicators: pd.DataFrame, indicator_code: str) -> tuple[str, ...]:
    """Return the indicator, and the two that it is computed from where it is."""
    row = indicators[indicators["indicator_code"] == indicator_code]
    named = [row[f"{part}_indicator_code"].iloc[0] for part in ("numerator", "denominator")] if len(row) else []
    return (indicator_code, *(str(code) for code in named if not pd.isna(code)))


def _lines(
    snapshot: AllowedSnapshot,
    selection: Selection,
    indicators: pd.DataFrame,
    indicator_codes: Iterable[str],
    unit_codes: Iterable[str],
    first: date,
    last: date,
) -> tuple[SourceLine, ...]:
    organisation = selection.organisation_code
    sheets, batches, units = sheets_in(indicators), snapshot.batches(organisation), snapshot.units(organisation)
    reasons = dict(zip(batches["batch_number"], batches["reason"].where(batches["reason"].notna(), None), strict=True))
    names = names_by("unit_code", units)
    found = []
    codes = tuple(indicator_codes)
    for unit in unit_codes:
        for code in codes:
            frame = snapshot.sources(organisation, unit_code=unit, indicator_code=code, first=first, last=last)
            for row in plain_rows(frame):
                start = pd.Timestamp(row["period_start"]).date()
                found.append(
                    SourceLine(
                        unit_code=unit,
                        unit_name=names.get(unit, unit),
                        sheet=sheets[code],
                        period=Period.beginning(start, Grain(row["grain"]), selection.period.year_starts_in),
                        field=str(row["field"]),
                        figure=float(row["figure"]),
                        batch_number=int(row["batch_number"]),
                        file_name=row["file_name"],
                        workbook_sheet=row["sheet"],
                        cell=row["cell"],
                        line=None if row["line"] is None else int(row["line"]),
                        made_by=row["made_by"] or "",
                        recorded_at=local(row["recorded_at"]),
                        reason=reasons.get(row["batch_number"]),
                        note=row["note"],
                    )
                )
    return tuple(sorted(found, key=lambda each: each.period.end, reverse=True))
