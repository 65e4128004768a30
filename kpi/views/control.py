"""Did it change? The control chart of one unit's history, and what happened meanwhile. Knows no screen.

Limits rest on finished periods up to the chosen one; absent periods stand in as missing, so that no run bridges a gap.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise
from math import isnan, nan
from typing import Final, Protocol, assert_never

import numpy as np
import numpy.typing as npt
import pandas as pd

from kpi.analysis import spc
from kpi.analysis.season import is_seasonal
from kpi.model import AggregationOverPeriods, EventKind, Polarity
from kpi.periods import MONTHS, Period
from kpi.views.lineage import Rules
from kpi.views.tree import UnitTree

Floats = npt.NDArray[np.float64]
RESETS_NEEDED: Final = 2
"""Years that must each begin at less than half of where the one before ended, to count as starting anew."""


class Unfit(StrEnum):
    """Why a series bears no control chart at all."""

    TO_DATE = "to_date"
    STARTS_ANEW = "starts_anew"
    SEASONAL = "seasonal"


class Figured(Protocol):
    """What a control chart reads of a point."""

    @property
    def period(self) -> Period:
        """The period of the figure."""
        ...

    @property
    def value(self) -> float:
        """The value; NaN = missing."""
        ...

    @property
    def target(self) -> float:
        """The target; NaN = none."""
        ...

    @property
    def is_finished(self) -> bool:
        """Whether the period is over."""
        ...

    @property
    def is_complete(self) -> bool:
        """Whether all parts are there."""
        ...


@dataclass(frozen=True, slots=True)
class Signal:
    """A point at which a rule fired, and what that means for an indicator of this direction."""

    cause: spc.SpecialCause
    variation: spc.VariationType


@dataclass(frozen=True, slots=True)
class Control:
    """One unit's control chart: a place per point, NaN and None where there is nothing to draw.

    `lower` and `upper` are cut at what the indicator can be, for drawing alone. `judged` is the period of the newest
    value; `verdict` says why it has none. `unfit` set = no chart, and everything else is empty.
    """

    mean: tuple[float, ...] = ()
    lower: tuple[float, ...] = ()
    upper: tuple[float, ...] = ()
    signals: tuple[Signal | None, ...] = ()
    verdict: spc.Verdict | None = None
    judged: Period | None = None
    target: float = nan
    unfit: Unfit | None = None


@dataclass(frozen=True, slots=True)
class Happening:
    """An event that concerns a chart. `place` says where among the periods: 0.5 = where the second one begins."""

    place: float
    on: date
    kind: EventKind
    text: str
    author: str
    rebases_limits: bool


def control_of(
    points: Sequence[Figured],
    at: int | None,
    rules: Rules,
    bounds: tuple[float, float],
    happenings: Sequence[Happening],
    *,
    to_date: bool,
) -> Control:
    """Return the control chart of a history up to the place `at` (None: all of it).

    `bounds` are the least and greatest the indicator can be (NaN = not stated; 0 is the least where nothing ever was
    below).
    """
    if to_date:
        return Control(unfit=Unfit.TO_DATE)
    if rules.over_periods is AggregationOverPeriods.LAST and starts_anew(points):
        return Control(unfit=Unfit.STARTS_ANEW)
    looked_at = points[: len(points) if at is None else at + 1]
    values = np.array([_judged_value(point, rules) for point in looked_at])
    if is_seasonal(by_year(looked_at, values)):
        return Control(unfit=Unfit.SEASONAL)
    if not looked_at:
        return Control()
    targets = np.array([point.target for point in looked_at])
    found = spc.verdict(
        values, direction=direction_of(rules.polarity), target=targets[None], rebase=_rebased(looked_at, happenings)
    )
    verdict, limits = found.of(0), found.charts.segments
    least = 0.0 if isnan(bounds[0]) and np.nanmin(values, initial=0.0) >= 0 else bounds[0]
    lines = [found.charts.at_points(line)[0] for line in (limits.mean, limits.lower, limits.upper)]
    return Control(
        mean=tuple(float(mean) for mean in lines[0]),
        lower=tuple(float(low) for low in np.fmax(lines[1], np.where(np.isnan(lines[1]), nan, least))),
        upper=tuple(float(high) for high in np.fmin(lines[2], np.where(np.isnan(lines[2]), nan, bounds[1]))),
        signals=_signals(found, values),
        verdict=verdict,
        judged=None if verdict.judged_at is None else looked_at[verdict.judged_at].period,
        target=float(targets[-1]),
    )


def starts_anew(points: Sequence[Figured]) -> bool:
    """Whether values count from the start of each year: every year known begins far below the end of the one before."""
    falls = [
        (before.value, now.value)
        for before, now in pairwise(points)
        if now.period.year != before.period.year and not isnan(before.value) and not isnan(now.value)
    ]
    return len(falls) >= RESETS_NEEDED and all(0 <= now < before / 2 for before, now in falls)


def by_year(points: Sequence[Figured], values: Floats) -> Floats:
    """Return the values with a row per year and a column per period of it; missing ones NaN."""
    if not points:
        return np.empty((0, 0))
    years = sorted({point.period.year for point in points})
    table = np.full((len(years), 12 // MONTHS[points[0].period.grain]), nan)
    for point, value in zip(points, values, strict=True):
        table[years.index(point.period.year), point.period.number - 1] = value
    return table


def is_usual(move: float, control: Control) -> bool:
    """Whether a move from one figure to another is the usual up and down: not above the limit of moving ranges.

    That limit is 3.267 average ranges, and the limits of values lie 2 × 2.66 of them apart.
    """
    verdict = control.verdict
    if verdict is None or isnan(verdict.upper) or isnan(verdict.lower):
        return False
    return abs(move) <= (verdict.upper - verdict.lower) / (2 * 2.66) * 3.267


def direction_of(polarity: Polarity | None) -> spc.Direction:
    """Return which way a series must move to be an improvement."""
    match polarity:
        case Polarity.MAXIMIZE:
            return spc.Direction.INCREASE
        case Polarity.MINIMIZE:
            return spc.Direction.DECREASE
        case Polarity.STABILIZE | Polarity.NEUTRAL | None:
            return spc.Direction.NEUTRAL
        case _:
            assert_never(polarity)


def happenings_of(
    events: pd.DataFrame, tree: UnitTree, unit_codes: Sequence[str], indicator_code: str, periods: Sequence[Period]
) -> tuple[Happening, ...]:
    """Return the events that concern any of the units (or one above them) and the indicator, within the periods."""
    above = {place.unit_code for code in unit_codes for place in tree.way_to(code)}
    found: dict[str, Happening] = {}
    for row in events.to_dict("records"):
        concerns_unit = pd.isna(row["unit_code"]) or row["unit_code"] in above
        concerns_indicator = pd.isna(row["indicator_code"]) or row["indicator_code"] == indicator_code
        on = pd.Timestamp(row["happened_on"]).date()
        place = next((at for at, period in enumerate(periods) if period.start <= on <= period.end), None)
        if concerns_unit and concerns_indicator and place is not None:
            period = periods[place]
            share = (on - period.start).days / ((period.end - period.start).days + 1)
            found[str(row["event_code"])] = Happening(
                place - 0.5 + share,
                on,
                EventKind(row["kind"]),
                str(row["text"]),
                str(row["author"]),
                bool(row["rebases_limits"]),
            )
    return tuple(found.values())


def _judged_value(point: Figured, rules: Rules) -> float:
    is_part = rules.over_periods is AggregationOverPeriods.SUM and not point.is_complete
    return nan if not point.is_finished or is_part else point.value


def _rebased(points: Sequence[Figured], happenings: Sequence[Happening]) -> np.ndarray:
    """Return the flags of the first periods that begin on the day of an event that re-bases limits, or after it."""
    flags = np.zeros(len(points), dtype=np.bool_)
    for event in happenings:
        begun = [place for place, point in enumerate(points) if point.period.start >= event.on]
        if event.rebases_limits and begun:
            flags[begun[0]] = True
    return flags


def _signals(found: spc.Verdicts, values: np.ndarray) -> tuple[Signal | None, ...]:
    points = found.charts.points
    causes = [spc.SPECIAL_CAUSES[code] for code in points.special_cause[0]]
    kinds = [spc.VARIATIONS[code] for code in points.variation[0]]
    return tuple(
        None if cause is spc.SpecialCause.NONE or isnan(value) else Signal(cause, kind)
        for cause, kind, value in zip(causes, kinds, values, strict=True)
    )
