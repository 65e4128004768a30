"""What a report holds a figure against: the same period of earlier years, the year's target, the plan's last target.

Knows no screen and no language.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import isnan, nan
from typing import Final

import pandas as pd

from kpi.access import AllowedSnapshot
from kpi.periods import Grain, Period
from kpi.views.lineage import Earlier, Figure, Lineage, earlier_figure, figures_of
from kpi.views.selection import Selection
from kpi.views.sheets import Pair, Sheet, sheets_of
from kpi.views.year_target import NO_TARGET, Target, facts_of_year, year_target

YEARS_BACK: Final = 2
LAST_YEAR: Final = 9999


@dataclass(frozen=True, slots=True)
class YearBefore:
    """The like-for-like figure of the same period in an earlier year, or the obstacle to comparing."""

    period: Period
    found: Earlier

    @property
    def value(self) -> float:
        """The value in the indicator's own unit of measure; NaN = none."""
        return nan if self.found.figure is None else self.found.figure.value


@dataclass(frozen=True, slots=True)
class Against:
    """What one unit's figure is held against; targets in the indicator's own unit of measure.

    `before`: the earlier years, the newest first. `year`: the target of the whole year. `plan_end`: the target of the
    last year for which one is stated, where that is a later one; None = none stated.
    """

    before: tuple[YearBefore, ...]
    year: Target = NO_TARGET
    plan_end: tuple[int, Target] | None = None


def held_against(snapshot: AllowedSnapshot, selection: Selection, pairs: Sequence[Pair]) -> dict[Pair, Against]:
    """Return for each unit and indicator what its figure of the selection's period is held against."""
    if not pairs:
        return {}
    organisation, period = selection.organisation_code, selection.period
    sheets = sheets_of(snapshot, organisation)
    lineage = Lineage.of(snapshot.units(organisation))
    figures = _figures(snapshot, selection, pairs, sheets, lineage)
    year = Period.containing(period.end, Grain.YEAR, period.year_starts_in)
    of_year = facts_of_year(snapshot, organisation, pairs, year)
    plans = _plan_ends(snapshot, organisation, pairs, year)
    found = {}
    for unit, code in pairs:
        facts = of_year.get((unit, code))
        found[unit, code] = Against(
            _before(figures.get(code, {}), lineage, sheets[code], unit, period),
            year_target(facts, sheets[code]) if facts else NO_TARGET,
            plans.get((unit, code)),
        )
    return found


def _before(
    figures: Mapping[tuple[str, date], Figure], lineage: Lineage, sheet: Sheet, unit_code: str, now: Period
) -> tuple[YearBefore, ...]:
    step = _step(sheet, now)
    periods = [now.years_later(-step * back) for back in range(1, YEARS_BACK + 1)]
    return tuple(
        YearBefore(then, earlier_figure(figures, lineage, sheet.rules, unit_code, now, then)) for then in periods
    )


def _step(sheet: Sheet, now: Period) -> int:
    return max(sheet.rules.every_years, 1) if now.grain is Grain.YEAR else 1


def _figures(
    snapshot: AllowedSnapshot,
    selection: Selection,
    pairs: Sequence[Pair],
    sheets: Mapping[str, Sheet],
    lineage: Lineage,
) -> dict[str, Mapping[tuple[str, date], Figure]]:
    """Return by indicator the figures of the period and of its partners, those of predecessors too."""
    codes = sorted({code for _, code in pairs})
    units = lineage.with_predecessors(tuple(sorted({unit for unit, _ in pairs})))
    now = selection.period
    steps = {_step(sheets[code], now) for code in codes}
    back = {0, *(step * each for step in steps for each in range(1, YEARS_BACK + 1))}
    rows = [
        snapshot.facts(
            selection.organisation_code,
            unit_codes=units,
            indicator_codes=codes,
            grain=now.grain,
            first=now.years_later(-years).end,
            last=now.years_later(-years).end,
            to_date=selection.to_date,
        )
        for years in sorted(back)
    ]
    together = pd.concat(rows, ignore_index=True)
    return {str(code): figures_of(group) for code, group in together.groupby("indicator_code", sort=False)}


def _plan_ends(
    snapshot: AllowedSnapshot, organisation_code: str, pairs: Sequence[Pair], year: Period
) -> dict[Pair, tuple[int, Target]]:
    """Return the target of the last later year for which one is stated."""
    rows = snapshot.measurements(
        organisation_code,
        unit_codes=sorted({unit for unit, _ in pairs}),
        indicator_codes=sorted({code for _, code in pairs}),
        grain=Grain.YEAR,
        first=year.years_later(1).start,
        last=date(LAST_YEAR, 12, 31),
    )
    found: dict[Pair, tuple[int, Target]] = {}
    for row in rows[rows["target"].notna()].sort_values("period_end").to_dict("records"):
        begun = Period.beginning(pd.Timestamp(row["period_start"]).date(), Grain.YEAR, year.year_starts_in)
        target = Target(float(row["target"]), float(row["target_high"]))
        if not isnan(target.low):
            found[str(row["unit_code"]), str(row["indicator_code"])] = begun.year, target
    return found
