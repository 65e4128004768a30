"""Did it change? The control chart of one unit's history. Knows no screen.

Limits rest on finished periods up to the chosen one; absent periods stand in as missing, so that no run bridges a gap.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import isnan, nan
from typing import Final, Protocol, assert_never

import numpy as np
import numpy.typing as npt

from kpi.analysis import spc
from kpi.analysis.season import is_seasonal
from kpi.model import AggregationOverPeriods, Polarity
from kpi.periods import MONTHS, Period
from kpi.views.figures_words import PERCENT
from kpi.views.happenings import Happening, new_starts
from kpi.views.lineage import Rules

Floats = npt.NDArray[np.float64]
WHOLE: Final = 100.0
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


def control_of(
    points: Sequence[Figured],
    at: int | None,
    rules: Rules,
    bounds: tuple[float, float],
    happenings: Sequence[Happening],
    *,
    to_date: bool,
    measure: str = "",
) -> Control:
    """Return the control chart of a history up to the place `at` (None: all of it).

    `bounds` are the least and greatest the indicator can be (NaN = not stated; 0 is the least where nothing ever was
    below, and 100 the greatest of a percentage that never was above: `measure` is the unit of measure).
    """
    if to_date:
        return Control(unfit=Unfit.TO_DATE)
    if rules.over_periods is AggregationOverPeriods.LAST and starts_anew(points):
        return Control(unfit=Unfit.STARTS_ANEW)
    looked_at = points[: len(points) if at is None else at + 1]
    values = np.array([_judged_value(point, rules) for point in looked_at])
    if is_seasonal(by_year([point.period for point in looked_at], values)):
        return Control(unfit=Unfit.SEASONAL)
    if not looked_at:
        return Control()
    targets = np.array([point.target for point in looked_at])
    rebase = new_starts([point.period for point in looked_at], happenings)
    found = spc.verdict(values, direction=direction_of(rules.polarity), target=targets[None], rebase=rebase)
    verdict, limits = found.of(0), found.charts.segments
    least, most = least_drawn(values, bounds[0]), most_drawn(values, bounds[1], measure)
    lines = [found.charts.at_points(line)[0] for line in (limits.mean, limits.lower, limits.upper)]
    return Control(
        mean=tuple(float(mean) for mean in lines[0]),
        lower=tuple(float(low) for low in np.fmax(lines[1], np.where(np.isnan(lines[1]), nan, least))),
        upper=tuple(float(high) for high in np.fmin(lines[2], np.where(np.isnan(lines[2]), nan, most))),
        signals=_signals(found, values),
        verdict=verdict,
        judged=None if verdict.judged_at is None else looked_at[verdict.judged_at].period,
        target=float(targets[-1]),
    )


def starts_anew(points: Sequence[Figured]) -> bool:
    """Whether values count from the start of each year: every year known begins far below the end of the one before."""
    values, years = [point.value for point in points], [point.period.year for point in points]
    return bool(begin_anew(np.array([values], dtype=np.float64), np.array(years))[0])


def begin_anew(values: Floats, years: npt.NDArray[np.int_]) -> npt.NDArray[np.bool_]:
    """Return per series what `starts_anew` says; `values` (series, periods), NaN = missing; `years` of the periods."""
    turns = np.flatnonzero(np.diff(years)) + 1
    before, now = values[:, turns - 1], values[:, turns]
    is_known = ~np.isnan(before) & ~np.isnan(now)
    falls = (now >= 0) & (now < before / 2)
    return (is_known.sum(axis=1) >= RESETS_NEEDED) & (falls | ~is_known).all(axis=1)


def least_drawn(values: Floats, least_possible: float) -> float:
    """Return below what no limit is drawn: what is stated, else 0 where nothing ever was below; NaN = nothing."""
    return 0.0 if isnan(least_possible) and np.nanmin(values, initial=0.0) >= 0 else least_possible


def most_drawn(values: Floats, greatest_possible: float, measure: str) -> float:
    """Return above what no limit is drawn: what is stated, else 100 for percentages that never were above."""
    is_share = measure in PERCENT and np.nanmax(values, initial=0.0) <= WHOLE
    return WHOLE if isnan(greatest_possible) and is_share else greatest_possible


def by_year(periods: Sequence[Period], values: Floats) -> Floats:
    """Return the values (…, periods) with a row per year and a column per period of it (…, years, periods of a year).

    Periods that are missing are NaN.
    """
    if not periods:
        return np.empty((*values.shape[:-1], 0, 0))
    years = sorted({period.year for period in periods})
    table = np.full((*values.shape[:-1], len(years), 12 // MONTHS[periods[0].grain]), nan)
    table[..., [years.index(period.year) for period in periods], [period.number - 1 for period in periods]] = values
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


def _judged_value(point: Figured, rules: Rules) -> float:
    is_part = rules.over_periods is AggregationOverPeriods.SUM and not point.is_complete
    return nan if not point.is_finished or is_part else point.value


def _signals(found: spc.Verdicts, values: np.ndarray) -> tuple[Signal | None, ...]:
    points = found.charts.points
    causes = [spc.SPECIAL_CAUSES[code] for code in points.special_cause[0]]
    kinds = [spc.VARIATIONS[code] for code in points.variation[0]]
    return tuple(
        None if cause is spc.SpecialCause.NONE or isnan(value) else Signal(cause, kind)
        for cause, kind, value in zip(causes, kinds, values, strict=True)
    )
