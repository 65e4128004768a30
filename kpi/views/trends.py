"""Trends: one indicator for one or more units over its whole history, and what changed like for like.

Knows no screen and no language.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from math import isnan, nan
from typing import Any  # Any: the cells of a frame

import pandas as pd

from kpi.access import AllowedSnapshot
from kpi.model import Origin, Reason, Verification
from kpi.periods import GRAINS, MONTHS, Grain, Period, add_months
from kpi.scoring.profile import RuleProfile
from kpi.scoring.table import score_table
from kpi.views.control import Control, control_of
from kpi.views.happenings import Happening, happenings_of
from kpi.views.indices import losses_of_unit
from kpi.views.like_for_like import Change, change, partners
from kpi.views.lineage import Figures, Lineage, Rules, earlier_figure, figures_of
from kpi.views.plain_rows import names_by, plain_rows
from kpi.views.selection import Selection
from kpi.views.sheets import Sheet, sheet_of
from kpi.views.tree import tree_of


@dataclass(frozen=True, slots=True)
class Point:
    """One unit's figure of one period; NaN and None = missing. achievement and index are ratios.

    `comparable` is the value of the unit as it is composed in the last period, where that is not its own (others moved
    into it whole), else NaN.
    """

    period: Period
    value: float = nan
    target: float = nan
    target_high: float = nan
    numerator: float = nan
    denominator: float = nan
    achievement: float = nan
    index: float = nan
    rating: str | None = None
    reason: Reason | None = None
    parts_expected: int | None = None
    parts_present: int | None = None
    is_complete: bool = False
    is_finished: bool = False
    verification: Verification | None = None
    origin: Origin | None = None
    comparable: float = nan
    is_withheld: bool = False

    @property
    def has_value(self) -> bool:
        """Whether there is a value."""
        return not isnan(self.value)

    @property
    def is_whole(self) -> bool:
        """Whether there is a value, of a finished period, from all its parts."""
        return self.has_value and self.is_complete and self.is_finished


@dataclass(frozen=True, slots=True)
class UnitTrend:
    """One unit's history: a point for every period of `Trend.periods`, in that order, also for absent ones."""

    unit_code: str
    unit_name: str
    points: tuple[Point, ...]
    changes: tuple[Change, ...]
    control: Control
    happenings: tuple[Happening, ...]
    at: int | None

    @property
    def now(self) -> Point | None:
        """The point of the chosen period; None where that lies outside the history."""
        return None if self.at is None else self.points[self.at]

    @property
    def newest(self) -> Point | None:
        """The last point with a value."""
        return next((point for point in reversed(self.points) if point.has_value), None)

    @property
    def absent(self) -> int:
        """How many periods between the first and the last value have none."""
        known = [place for place, point in enumerate(self.points) if point.has_value]
        return known[-1] - known[0] + 1 - len(known) if known else 0


@dataclass(frozen=True, slots=True)
class Trend:
    """An indicator over time. `period` is the chosen one at the grain shown; `at` its place, None outside the history.

    `grain` differs from the grain asked for where the indicator has no figures at that one, and `to_date` from what was
    asked for where it has none to date. `names` are those of the units and of their predecessors. `bounds` are the
    least and the greatest that the indicator can be, NaN = not stated. `happenings` concern any of the units.
    `is_withheld`: there are values, and this reader may see none of them yet.
    """

    sheet: Sheet
    grain: Grain
    asked: Selection
    period: Period
    to_date: bool
    names: dict[str, str]
    periods: tuple[Period, ...]
    at: int | None
    units: tuple[UnitTrend, ...]
    happenings: tuple[Happening, ...]
    bounds: tuple[float, float]
    is_withheld: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether no unit has a value in any period."""
        return all(unit.newest is None for unit in self.units)


@dataclass(frozen=True, slots=True)
class Offer:
    """What may be chosen: the indicators by name, and the default one with the unit where it costs most."""

    indicators: pd.DataFrame
    default: str | None
    default_unit: str | None


def offered_indicators(snapshot: AllowedSnapshot, selection: Selection, profile: RuleProfile) -> Offer:
    """Return the organisation's indicators; the default is the one that costs the whole organisation most."""
    indicators = snapshot.indicators(selection.organisation_code).sort_values("name", ignore_index=True)
    offered = indicators[["indicator_code", "name"]]
    costly = losses_of_unit(snapshot, selection, selection.organisation_code, 1, profile)
    if costly.empty:
        return Offer(offered, None, None)
    first = costly.iloc[0]
    return Offer(offered, str(first["indicator_code"]), str(first["source_unit_code"]))


def units_with(snapshot: AllowedSnapshot, organisation_code: str, indicator_code: str) -> pd.DataFrame:
    """Return the units that ever had a value of the indicator, as rows of `snapshot.units()`."""
    newest = snapshot.newest_facts(organisation_code, indicator_code)
    has_value = newest["value"].notna()
    codes = newest.loc[has_value if has_value.any() else newest["is_withheld"], "unit_code"]
    units = snapshot.units(organisation_code)
    return units[units["unit_code"].isin(codes)].reset_index(drop=True)


def first_unit(carriers: pd.DataFrame, wanted: str | None, costly: str | None) -> str:
    """Return the unit to begin with: the one looked at before, else where it costs most, else the highest one."""
    codes = carriers["unit_code"].tolist()
    return next((code for code in (wanted, costly) if code is not None and code in codes), codes[0])


def indicator_over_time(
    snapshot: AllowedSnapshot,
    selection: Selection,
    indicator_code: str,
    unit_codes: tuple[str, ...],
    profile: RuleProfile,
) -> Trend:
    """Return the history of an indicator for units, at the grain chosen or, where it has none there, the nearest."""
    units = snapshot.units(selection.organisation_code)
    lineage = Lineage.of(units)
    everyone = lineage.with_predecessors(unit_codes)
    facts, to_date, is_withheld = _facts(snapshot, selection, indicator_code, everyone)
    sheet = sheet_of(snapshot, selection.organisation_code, indicator_code)
    grain = selection.period.grain if facts.empty else Grain(str(facts["grain"].iloc[0]))
    period = at_grain(selection.period, grain)
    found = points_of(score_table(facts, profile), period)
    if to_date:
        found = {key: point if key[1] <= snapshot.meta.today else _not_begun(point) for key, point in found.items()}
    periods = every_period((start for code, start in found if code in unit_codes), period, sheet.rules.every_years)
    at = periods.index(period) if period in periods else None
    names = names_by("unit_code", units)
    figures, bounds = figures_of(facts), _bounds(snapshot, selection, indicator_code)
    events, tree = snapshot.events(selection.organisation_code), tree_of(units)
    trends = []
    for code in unit_codes:
        points = _history(found, figures, lineage, sheet.rules, code, periods)
        mine = happenings_of(events, tree, (code,), indicator_code, periods)
        compared = partners(period, sheet.rules.every_years, to_date=to_date)
        changes = tuple(change(figures, lineage, sheet.rules, code, period, partner) for partner in compared)
        control = control_of(points, at, sheet.rules, bounds, mine, to_date=to_date, measure=sheet.unit_of_measure)
        trends.append(UnitTrend(code, names[code], points, changes, control, mine, at))
    named = {code: names[code] for code in everyone}
    happened = happenings_of(events, tree, unit_codes, indicator_code, periods)
    return Trend(
        sheet, grain, selection, period, to_date, named, periods, at, tuple(trends), happened, bounds, is_withheld
    )


def _bounds(snapshot: AllowedSnapshot, selection: Selection, indicator_code: str) -> tuple[float, float]:
    indicators = snapshot.indicators(selection.organisation_code).set_index("indicator_code")
    row = indicators.loc[[indicator_code]]
    return float(row["lowest_possible"].iloc[0]), float(row["highest_possible"].iloc[0])


def points_of(scored: pd.DataFrame, like: Period) -> dict[tuple[str, date], Point]:
    """Return the points of scored facts of one grain, by unit and first day; `like` gives grain and kind of year."""
    return {
        (str(row["unit_code"]), pd.Timestamp(row["period_start"]).date()): _point(row, like)
        for row in plain_rows(scored)
    }


def at_grain(period: Period, grain: Grain) -> Period:
    """Return the period itself, the coarser one that contains it, or the last finer one inside it."""
    return period if grain is period.grain else Period.containing(period.end, grain, period.year_starts_in)


def grains_by_nearness(asked: Grain) -> tuple[Grain, ...]:
    """Return all grains: the one asked for, then coarser ones, then finer ones, nearest first."""
    coarser = [grain for grain in GRAINS if MONTHS[grain] > MONTHS[asked]]
    finer = [grain for grain in reversed(GRAINS) if MONTHS[grain] < MONTHS[asked]]
    return (asked, *coarser, *finer)


def every_period(starts: Iterable[date], like: Period, every_years: int) -> tuple[Period, ...]:
    """Return all periods from the first start to the last, oldest first; `like` gives grain and kind of year.

    A two-yearly indicator has a period every two years; one that lies between two of them is put in.
    """
    known = sorted(set(starts))
    if not known:
        return ()
    step = MONTHS[like.grain] * (every_years if like.grain is Grain.YEAR and every_years > 1 else 1)
    months = (known[-1].year - known[0].year) * 12 + known[-1].month - known[0].month
    grid = {add_months(known[0], passed) for passed in range(0, months + 1, step)}
    return tuple(Period.beginning(start, like.grain, like.year_starts_in) for start in sorted(grid | set(known)))


def _facts(
    snapshot: AllowedSnapshot, selection: Selection, indicator_code: str, unit_codes: tuple[str, ...]
) -> tuple[pd.DataFrame, bool, bool]:
    """Return the rows at the first grain, by nearness, that has a value; whether they are to date; if all are withheld.

    An indicator whose periods don't add up has no figure to date; then those for the period are shown.
    """
    found, is_withheld = pd.DataFrame(), False
    for to_date in (True, False) if selection.to_date else (False,):
        for grain in grains_by_nearness(selection.period.grain):
            found = snapshot.facts(
                selection.organisation_code,
                unit_codes=unit_codes,
                indicator_codes=(indicator_code,),
                grain=grain,
                to_date=to_date,
            )
            if found["value"].notna().any():
                return found, to_date, False
            is_withheld |= bool(found["is_withheld"].any())
    return found.iloc[:0], selection.to_date, is_withheld


def _point(row: Mapping[str, Any], like: Period) -> Point:
    start, has_value = pd.Timestamp(row["period_start"]).date(), row["value"] is not None
    return Point(
        Period.beginning(start, like.grain, like.year_starts_in),
        value=_number(row["value"]),
        target=_number(row["target"]),
        target_high=_number(row["target_high"]),
        numerator=_number(row["numerator"]),
        denominator=_number(row["denominator"]),
        achievement=_number(row["achievement"]),
        index=_number(row["index"]),
        rating=row["rating"],
        reason=None if row["reason"] is None else Reason(row["reason"]),
        parts_expected=None if row["parts_expected"] is None else int(row["parts_expected"]),
        parts_present=None if row["parts_present"] is None else int(row["parts_present"]),
        is_complete=bool(row["is_complete"]),
        is_finished=bool(row["is_finished"]),
        verification=None if not has_value or row["verification"] is None else Verification(row["verification"]),
        origin=None if not has_value or row["origin"] is None else Origin(row["origin"]),
        is_withheld=bool(row["is_withheld"]),
    )


def _not_begun(point: Point) -> Point:
    """Return the point of a period to come: to date, it would repeat the figure of the newest one."""
    return Point(point.period, target=point.target, target_high=point.target_high)


def _number(cell: float | None) -> float:
    return nan if cell is None else float(cell)


def _history(
    found: dict[tuple[str, date], Point],
    figures: Figures,
    lineage: Lineage,
    rules: Rules,
    unit_code: str,
    periods: tuple[Period, ...],
) -> tuple[Point, ...]:
    """Return the unit's points, with the value as composed in the last period where others moved into it."""
    points = [found.get((unit_code, period.start), Point(period)) for period in periods]
    if not lineage.into(unit_code):
        return tuple(points)
    before = [earlier_figure(figures, lineage, rules, unit_code, periods[-1], period).figure for period in periods]
    return tuple(
        replace(point, comparable=nan if figure is None or figure.from_units == (unit_code,) else figure.value)
        for point, figure in zip(points, before, strict=True)
    )
