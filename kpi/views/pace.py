"""What the rest of the year must bring for a year's target to be met, beside what the year has brought so far.

Counts by the indicator's own aggregation, at its own grain, up to its newest figure, whichever period is looked at: an
earlier one says nothing of what is still to come. Knows no screen and no language.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from math import inf, isnan, nan
from typing import assert_never

import pandas as pd

from kpi.access import AllowedSnapshot
from kpi.model import AggregationOverPeriods, Polarity
from kpi.periods import Grain, Period
from kpi.views.best import Best, best_periods
from kpi.views.lineage import Figure
from kpi.views.selection import Selection
from kpi.views.sheets import Pair, Sheet, sheets_of
from kpi.views.year_target import NO_TARGET, Target, YearFacts, facts_of_year, year_target


class PaceVerdict(StrEnum):
    """How the pace so far compares with the one that is needed."""

    REACHED = "reached"
    ENOUGH = "enough"
    TOO_SLOW = "too_slow"
    OUT_OF_REACH = "out_of_reach"
    UNKNOWN = "unknown"


class NoPace(StrEnum):
    """Why no pace can be said, in the order in which the reasons are tried."""

    NO_DIRECTION = "no_direction"
    ONE_PERIOD = "one_period"
    NOT_ADDED_UP = "not_added_up"
    NO_VALUE = "no_value"
    NO_YEAR_TARGET = "no_year_target"
    NOTHING_LEFT = "nothing_left"
    NO_DENOMINATORS = "no_denominators"


@dataclass(frozen=True, slots=True)
class Pace:
    """One unit's indicator in a year, in the indicator's own unit of measure; NaN = no bound, or not known.

    `so_far` and `needed` (from, to): of a sum, per period; of a mean or ratio, the average over the periods known and
    those left; of a last value, its change per period. `end`: what the year must come to (from, to). `numerator_left`:
    of a ratio, what its numerator may still come to at the usual denominators. `absent`: periods before the newest
    figure that have none; `partial`: periods that lack parts. `best`: the best single period ever.
    """

    unit_code: str
    sheet: Sheet
    why_not: NoPace | None = None
    known: tuple[Period, ...] = ()
    left: tuple[Period, ...] = ()
    absent: int = 0
    partial: int = 0
    end: Target = NO_TARGET
    latest: float = nan
    so_far: float = nan
    needed: Target = NO_TARGET
    numerator_left: float = nan
    best: Best | None = None
    verdict: PaceVerdict = PaceVerdict.UNKNOWN

    @property
    def is_open(self) -> bool:
        """Whether the rest of the year still decides."""
        return self.why_not is None and self.verdict not in (PaceVerdict.REACHED, PaceVerdict.OUT_OF_REACH)


@dataclass(frozen=True, slots=True)
class YearOfPaces:
    """The paces of a year, those that are too slow first; `is_over`: nothing of it is left, so there are none."""

    year: Period
    is_over: bool
    paces: tuple[Pace, ...]

    @property
    def said(self) -> tuple[Pace, ...]:
        """The paces that can be said."""
        return tuple(pace for pace in self.paces if pace.why_not is None)

    @property
    def unsaid(self) -> tuple[Pace, ...]:
        """Those that cannot, with their reason."""
        return tuple(pace for pace in self.paces if pace.why_not is not None)


def paces(snapshot: AllowedSnapshot, selection: Selection, pairs: tuple[Pair, ...]) -> YearOfPaces:
    """Return what the rest of the selection's year needs, for each unit and indicator of `pairs`."""
    organisation = selection.organisation_code
    year = Period.containing(selection.period.end, Grain.YEAR, selection.period.year_starts_in)
    if year.end < snapshot.meta.today or not pairs:
        return YearOfPaces(year, year.end < snapshot.meta.today, ())
    sheets, facts = sheets_of(snapshot, organisation), facts_of_year(snapshot, organisation, pairs, year)
    limits = _limits(snapshot.indicators(organisation))
    best = best_periods(snapshot, organisation, sheets, pairs, year)
    found = [
        replace(_pace(unit, sheets[code], facts.get((unit, code)), limits[code]), best=best.get((unit, code)))
        for unit, code in pairs
    ]
    return YearOfPaces(year, False, tuple(sorted(found, key=lambda pace: -_URGENCY[pace.verdict])))


_URGENCY = {
    PaceVerdict.OUT_OF_REACH: 4,
    PaceVerdict.TOO_SLOW: 3,
    PaceVerdict.UNKNOWN: 2,
    PaceVerdict.ENOUGH: 1,
    PaceVerdict.REACHED: 0,
}


def _pace(unit_code: str, sheet: Sheet, facts: YearFacts | None, possible: Target) -> Pace:
    blank = Pace(unit_code, sheet)
    if facts is None:
        return replace(blank, why_not=NoPace.NO_VALUE)
    target = year_target(facts, sheet)
    why_not = _obstacle(sheet, facts, target)
    if why_not:
        return replace(blank, why_not=why_not)
    end, seen, left = _wanted(sheet.rules.polarity, target), facts.with_values, facts.periods[facts.known[-1] + 1 :]
    so_far, needs = _counted(facts, sheet, len(left))
    needed = Target(needs(end.low), needs(end.high))
    pace = replace(
        blank,
        known=tuple(facts.periods[at] for at in facts.known),
        left=left,
        absent=facts.known[-1] + 1 - len(facts.known),
        partial=sum(not figure.is_complete for figure in seen),
        end=end,
        latest=seen[-1].value,
        so_far=so_far,
        needed=needed,
        numerator_left=_numerator_left(sheet, seen, len(left), end),
    )
    return replace(pace, verdict=_verdict(pace, _possible(sheet, possible, seen)))


def _obstacle(sheet: Sheet, facts: YearFacts, target: Target) -> NoPace | None:
    how = sheet.rules.over_periods
    if sheet.rules.polarity in (None, Polarity.NEUTRAL):
        return NoPace.NO_DIRECTION
    if len(facts.periods) == 1:
        return NoPace.ONE_PERIOD
    if how is AggregationOverPeriods.NONE:
        return NoPace.NOT_ADDED_UP
    if not facts.known:
        return NoPace.NO_VALUE
    if not target.is_set:
        return NoPace.NO_YEAR_TARGET
    if facts.known[-1] == len(facts.periods) - 1:
        return NoPace.NOTHING_LEFT
    if how is AggregationOverPeriods.RATIO and not _denominators(facts.with_values):
        return NoPace.NO_DENOMINATORS
    return None


def _wanted(polarity: Polarity | None, target: Target) -> Target:
    """Return from where to where the year's figure must lie; NaN = no bound on that side."""
    high = target.low if isnan(target.high) else target.high
    match polarity:
        case Polarity.MAXIMIZE:
            return Target(target.low, nan)
        case Polarity.MINIMIZE:
            return Target(nan, high)
        case _:
            return Target(target.low, high)


def _counted(facts: YearFacts, sheet: Sheet, left: int) -> tuple[float, Callable[[float], float]]:
    """Return what the year has brought so far and, for an end of the year, what the rest must bring."""
    seen = facts.with_values
    total, count = sum(figure.value for figure in seen), len(seen)
    match sheet.rules.over_periods:
        case AggregationOverPeriods.SUM:
            return total / count, lambda end: (end - total) / left
        case AggregationOverPeriods.MEAN:
            return total / count, lambda end: (end * (count + left) - total) / left
        case AggregationOverPeriods.LAST:
            passed, latest = facts.known[-1] - facts.known[0], seen[-1].value
            return (latest - seen[0].value) / passed if passed else nan, lambda end: (end - latest) / left
        case AggregationOverPeriods.RATIO:
            known = _denominators(seen)
            below, above = sum(known), sum(figure.numerator for figure in seen if not isnan(figure.denominator))
            rest = below / len(known) * left
            size = sheet.rules.multiplier
            return size * above / below, lambda end: (end * (below + rest) - size * above) / rest
        case AggregationOverPeriods.NONE:
            return nan, lambda _: nan
        case _:
            assert_never(sheet.rules.over_periods)


def _denominators(seen: Sequence[Figure]) -> list[float]:
    known = [figure.denominator for figure in seen if not isnan(figure.denominator) and not isnan(figure.numerator)]
    return known if sum(known) > 0 else []


def _numerator_left(sheet: Sheet, seen: Sequence[Figure], left: int, end: Target) -> float:
    """Return what a ratio's numerator may come to in the periods left, if their denominators are as usual."""
    known = _denominators(seen)
    bound = end.low if isnan(end.high) else end.high
    if sheet.rules.over_periods is not AggregationOverPeriods.RATIO or not known:
        return nan
    below, above = sum(known), sum(figure.numerator for figure in seen if not isnan(figure.denominator))
    return bound * (below + below / len(known) * left) / sheet.rules.multiplier - above


def _limits(indicators: pd.DataFrame) -> dict[str, Target]:
    columns = indicators[["indicator_code", "lowest_possible", "highest_possible"]]
    return {str(code): Target(float(low), float(high)) for code, low, high in columns.itertuples(index=False)}


def _possible(sheet: Sheet, declared: Target, seen: Sequence[Figure]) -> Target:
    """Return from where to where one period's figure can lie: as declared; counts and rates never fall below 0."""
    usual = 0.0 if all(figure.value >= 0 for figure in seen) else -inf
    low = usual if isnan(declared.low) else declared.low
    # The declared highest value of a sum may be a year's as well as a period's: it binds nothing here.
    is_sum = sheet.rules.over_periods is AggregationOverPeriods.SUM
    return Target(low, inf if is_sum or isnan(declared.high) else declared.high)


def _verdict(pace: Pace, possible: Target) -> PaceVerdict:
    low, high = _closed(pace.needed)
    if pace.sheet.rules.over_periods is AggregationOverPeriods.LAST:
        end_low, end_high = _closed(pace.end)
        if end_low <= round(pace.latest, 9) <= end_high:
            return PaceVerdict.ENOUGH
    elif low <= possible.low and possible.high <= high:
        return PaceVerdict.REACHED
    elif high < possible.low or possible.high < low:
        return PaceVerdict.OUT_OF_REACH
    if isnan(pace.so_far):
        return PaceVerdict.UNKNOWN
    return PaceVerdict.ENOUGH if low <= round(pace.so_far, 9) <= high else PaceVerdict.TOO_SLOW


def _closed(span: Target) -> tuple[float, float]:
    """Return both bounds, infinite where there is none, float noise removed."""
    low, high = (round(bound, 9) for bound in (span.low, span.high))
    return -inf if isnan(low) else low, inf if isnan(high) else high
