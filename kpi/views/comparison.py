"""Comparison: units of one group in order, on one indicator or on their index. Knows no screen and no language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import isnan, nan
from typing import Final

import pandas as pd

from kpi.access import AllowedSnapshot
from kpi.model import Polarity, Reason
from kpi.periods import Grain, Period
from kpi.scoring.profile import RuleProfile
from kpi.scoring.table import score_table
from kpi.views.fair import Counted, Fair, fair_comparison
from kpi.views.groups import members
from kpi.views.indices import indices_of_units
from kpi.views.like_for_like import distance
from kpi.views.lineage import Figure, Lineage, Obstacle, earlier_figure, figures_of
from kpi.views.plain_rows import names_by
from kpi.views.selection import Selection
from kpi.views.sheets import Sheet, sheet_of
from kpi.views.trends import Point, at_grain, grains_by_nearness, points_of

BARS_ON_A_PAGE: Final = 30
INDEX_DECIMALS: Final = 3
"""Of an index as a ratio: a tenth of a point."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One unit in the order. `place` counts from 1, equal values share one; None where there is no better or worse.

    `before` is the like-for-like figure of the year before, NaN with the reason in `obstacle`. Of an index, `point`
    has the index as its value, 1.0 as its target, and the coverage.
    """

    unit_code: str
    unit_name: str
    place: int | None
    point: Point
    before: float
    obstacle: Obstacle | None
    coverage: float = nan


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A unit that stands in no order, and why; None = none of its indicators could be scored, or it has no figures.

    `is_withheld`: there is something, and this reader may not see it yet.
    """

    unit_code: str
    unit_name: str
    reason: Reason | None
    is_withheld: bool = False


@dataclass(frozen=True, slots=True)
class Ranking:
    """A group in order, the best first, units without a place last. `sheet` None = on their index.

    `without` counts units with neither value nor target of the indicator. `fair` says which can be told apart.

    `period` is the chosen one at the grain shown (`asked` says what was asked for), `then` that of the year before.
    `newest` is the newest period with a value, where the chosen one has none.
    """

    sheet: Sheet | None
    asked: Selection
    period: Period
    then: Period
    to_date: bool
    bars: tuple[Bar, ...]
    left_out: tuple[LeftOut, ...]
    without: int
    fair: Fair
    newest: Period | None = None

    @property
    def in_order(self) -> tuple[Bar, ...]:
        """The bars that the order is about: those with a place, or all where nobody has one."""
        return tuple(bar for bar in self.bars if bar.place is not None) or self.bars

    @property
    def pages(self) -> int:
        """How many pages of bars there are, at least one."""
        return max(1, -(-len(self.bars) // BARS_ON_A_PAGE))

    def page(self, number: int) -> tuple[Bar, ...]:
        """Return the bars of a page, from 1."""
        return self.bars[(number - 1) * BARS_ON_A_PAGE : number * BARS_ON_A_PAGE]


def ranked_on_index(snapshot: AllowedSnapshot, selection: Selection, group: str, profile: RuleProfile) -> Ranking:
    """Return a group in the order of its units' indices, with those of the same period a year before."""
    units = snapshot.units(selection.organisation_code)
    codes = members(units, group, selection.period)
    then = selection.period.years_later(-1)
    now = indices_at(snapshot, selection, codes, selection.period, profile)
    before = indices_at(snapshot, selection, codes, then, profile)
    lineage, names = Lineage.of(units), _names(units)
    bars, left_out = [], []
    for code in codes:
        row = now.get(code)
        if row is None or isnan(row.index):
            is_withheld = row is not None and row.is_withheld
            left_out.append(LeftOut(code, names[code], Reason.NO_VALUE if row is None else None, is_withheld))
            continue
        moved = any(then.start <= each.last_day < selection.period.end for each in lineage.into(code))
        earlier = nan if moved or code not in before else before[code].index
        obstacle = Obstacle.NO_RULE if moved else Obstacle.NO_EARLIER_VALUE if isnan(earlier) else None
        point = Point(selection.period, row.index, 1.0, index=row.index, rating=row.rating, is_complete=True)
        bars.append(Bar(code, names[code], None, point, earlier, obstacle, row.coverage))
    ordered = _index_order(bars)
    fair = _fair([bar for bar in ordered if bar.place is not None], Polarity.MAXIMIZE, 1.0)
    return Ranking(None, selection, selection.period, then, selection.to_date, ordered, tuple(left_out), 0, fair)


def ranked_on_indicator(
    snapshot: AllowedSnapshot, selection: Selection, group: str, indicator_code: str, profile: RuleProfile
) -> Ranking:
    """Return a group in the order of an indicator's values, at the grain chosen or, where it has none, the nearest.

    Better is first, as the polarity says; without a better and worse the highest is first and nobody has a place. A sum
    that lacks parts stands in no order.
    """
    units = snapshot.units(selection.organisation_code)
    sheet = sheet_of(snapshot, selection.organisation_code, indicator_code)
    lineage, names = Lineage.of(units), _names(units)
    period, to_date, newest, now = _rows_with_values(snapshot, selection, indicator_code)
    codes = members(units, group, selection.period)
    then = period.years_later(-max(sheet.rules.every_years, 1))
    everyone = list(lineage.with_predecessors(codes))
    before = _facts(snapshot, selection, indicator_code, then, to_date)
    rows = [each[each["unit_code"].isin(everyone)] for each in (before, now)]
    figures = figures_of(pd.concat(rows, ignore_index=True))
    found = points_of(score_table(rows[1], profile), period)
    bars, left_out = [], []
    for code in codes:
        point = found.get((code, period.start))
        reason = _why_not(point, figures.get((code, period.start)))
        if point is None:
            continue
        if reason is not None:
            left_out.append(LeftOut(code, names[code], reason, point.is_withheld))
            continue
        earlier = earlier_figure(figures, lineage, sheet.rules, code, period, then)
        value_then = nan if earlier.figure is None else earlier.figure.value
        bars.append(Bar(code, names[code], None, point, value_then, earlier.obstacle))
    ordered = _in_order(bars, sheet)
    without = len(codes) - len(bars) - len(left_out)
    fair = _fair(ordered, sheet.rules.polarity, sheet.rules.multiplier)
    return Ranking(sheet, selection, period, then, to_date, ordered, tuple(left_out), without, fair, newest)


def period_with_values(
    snapshot: AllowedSnapshot, selection: Selection, indicator_code: str
) -> tuple[Period, bool, Period | None]:
    """Return the chosen period at the nearest grain with values, whether they are to date, and the newest period.

    The newest period with values is given only where the chosen one has none at any grain.
    """
    period, to_date, newest, _ = _rows_with_values(snapshot, selection, indicator_code)
    return period, to_date, newest


def _rows_with_values(
    snapshot: AllowedSnapshot, selection: Selection, indicator_code: str
) -> tuple[Period, bool, Period | None, pd.DataFrame]:
    """Return as `period_with_values`, and all units' rows of that period."""
    for to_date in (True, False) if selection.to_date else (False,):
        for grain in grains_by_nearness(selection.period.grain):
            period = at_grain(selection.period, grain)
            rows = _facts(snapshot, selection, indicator_code, period, to_date)
            if rows["value"].notna().any():
                return period, to_date, None, rows
    period, to_date, newest = _newest(snapshot, selection, indicator_code)
    return period, to_date, newest, _facts(snapshot, selection, indicator_code, period, to_date)


def _newest(snapshot: AllowedSnapshot, selection: Selection, indicator_code: str) -> tuple[Period, bool, Period | None]:
    """Return the chosen period at the grain of the indicator's newest value, and the period of that value."""
    facts = snapshot.newest_facts(selection.organisation_code, indicator_code)
    known = facts[facts["value"].notna()]
    if known.empty:
        return selection.period, selection.to_date, None
    last = known.sort_values("period_start").iloc[-1]
    start, grain = pd.Timestamp(last["period_start"]).date(), Grain(str(last["grain"]))
    newest = Period.beginning(start, grain, selection.period.year_starts_in)
    return at_grain(selection.period, grain), False, newest


@dataclass(frozen=True, slots=True)
class UnitIndex:
    """A unit's index and coverage, ratios, NaN = none; `rating` None = not rated; `is_withheld`: not shown to all."""

    index: float = nan
    coverage: float = nan
    rating: str | None = None
    is_withheld: bool = False


def indices_at(
    snapshot: AllowedSnapshot, selection: Selection, codes: Sequence[str], period: Period, profile: RuleProfile
) -> dict[str, UnitIndex]:
    """Return the indices of units in one period, by unit; a unit without figures is absent."""
    if not codes:
        return {}
    at = replace(selection, period=period)
    rows = indices_of_units(snapshot, at, codes, period.end, period.end, profile)
    return {
        str(row["unit_code"]): UnitIndex(
            float(row["index"]),
            float(row["coverage"]),
            None if pd.isna(row["rating"]) else str(row["rating"]),
            bool(row["is_withheld"]),
        )
        for row in rows.to_dict("records")
    }


def _facts(
    snapshot: AllowedSnapshot,
    selection: Selection,
    indicator_code: str,
    period: Period,
    to_date: bool,
) -> pd.DataFrame:
    """Return the indicator's rows of one period, of all units: there may be thousands, too many to name them."""
    return snapshot.facts(
        selection.organisation_code,
        indicator_codes=(indicator_code,),
        grain=period.grain,
        first=period.end,
        last=period.end,
        to_date=to_date,
    )


def _fair(bars: Sequence[Bar], polarity: Polarity | None, multiplier: float) -> Fair:
    counted = [
        Counted(bar.unit_code, bar.point.value, bar.before, bar.point.numerator, bar.point.denominator) for bar in bars
    ]
    return fair_comparison(counted, polarity, multiplier)


def _why_not(point: Point | None, figure: Figure | None) -> Reason | None:
    if point is None or not point.has_value:
        return Reason.NO_VALUE
    return Reason.PARTIAL_SUM if figure is not None and figure.is_partial_sum else None


def _index_order(bars: Sequence[Bar]) -> tuple[Bar, ...]:
    """Return the rated units in places, the highest first; then those that too little is scored of, without a place."""
    rated = [bar for bar in bars if bar.point.rating is not None]
    rest = sorted((bar for bar in bars if bar.point.rating is None), key=lambda bar: -bar.point.value)
    return _placed(rated, [-bar.point.value for bar in rated], INDEX_DECIMALS) + tuple(rest)


def _in_order(bars: list[Bar], sheet: Sheet) -> tuple[Bar, ...]:
    match sheet.rules.polarity:
        case Polarity.MAXIMIZE:
            return _placed(bars, [-bar.point.value for bar in bars], sheet.decimals)
        case Polarity.MINIMIZE:
            return _placed(bars, [bar.point.value for bar in bars], sheet.decimals)
        case Polarity.STABILIZE if all(not isnan(bar.point.target) for bar in bars):
            return _placed(bars, [distance(_figure(bar.point)) for bar in bars], sheet.decimals)
        case _:
            return tuple(sorted(bars, key=lambda bar: (-bar.point.value, bar.unit_name)))


def _figure(point: Point) -> Figure:
    return Figure(point.value, point.target, point.target_high)


def _placed(bars: Sequence[Bar], measure: Sequence[float], decimals: int) -> tuple[Bar, ...]:
    """Return the bars by a measure, the smallest first; equal ones at the decimals shown share a place."""
    rounded = [round(size, decimals) for size in measure]
    order = sorted(range(len(bars)), key=lambda at: (rounded[at], bars[at].unit_name))
    firsts: dict[float, int] = {}
    for place, at in enumerate(order, start=1):
        firsts.setdefault(rounded[at], place)
    return tuple(replace(bars[at], place=firsts[rounded[at]]) for at in order)


def _names(units: pd.DataFrame) -> dict[str, str]:
    return names_by("unit_code", units)
