"""Will we make it? The year's end of one unit's indicator, foretold from its figures so far. Knows no screen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from math import isnan, nan
from statistics import fmean
from typing import Final

import numpy as np

from kpi.access import AllowedSnapshot
from kpi.analysis.projection import Aggregation, Projection, project
from kpi.model import AggregationOverPeriods
from kpi.periods import Grain, Period
from kpi.scoring.profile import RuleProfile
from kpi.views.control import direction_of
from kpi.views.selection import Selection
from kpi.views.sheets import Sheet
from kpi.views.trends import Point, Trend, indicator_over_time
from kpi.views.year_target import NO_TARGET, Target, facts_of_year, year_target

AGGREGATIONS: Final[dict[AggregationOverPeriods, Aggregation]] = {
    AggregationOverPeriods.SUM: Aggregation.SUM,
    AggregationOverPeriods.MEAN: Aggregation.MEAN,
    AggregationOverPeriods.LAST: Aggregation.LAST,
    AggregationOverPeriods.RATIO: Aggregation.MEAN,
}


class NoOutlook(StrEnum):
    """Why a year's end is not asked for, in the order in which the reasons are tried."""

    REPORTED_BY_YEAR = "reported_by_year"
    NOT_ADDED_UP = "not_added_up"
    NO_DENOMINATORS = "no_denominators"


@dataclass(frozen=True, slots=True)
class Outlook:
    """A year's end as foretold in the indicator's own unit of measure, or why not.

    `from_period` is the newest figure used; `restarted_on` the day of the last event that parts the figures used into
    those before and after it. `is_of_rate`: months to come count with the year's usual denominator.
    """

    sheet: Sheet
    year: Period
    target: Target = NO_TARGET
    projection: Projection | None = None
    why_not: NoOutlook | None = None
    from_period: Period | None = None
    from_value: float = nan
    is_of_rate: bool = False
    restarted_on: date | None = None

    @property
    def ahead(self) -> tuple[Period, ...]:
        """The periods foretold, oldest first."""
        if self.projection is None or self.from_period is None:
            return ()
        return tuple(self.from_period.shifted(step + 1) for step in range(len(self.projection.path)))


def outlook(
    snapshot: AllowedSnapshot, selection: Selection, indicator_code: str, unit_code: str, profile: RuleProfile
) -> Outlook:
    """Return the outlook for the year of the chosen period, from the finished periods up to it.

    A rate is foretold as its numerator at the year's usual denominator, so that the year is Σ numerators ÷ Σ
    denominators and not a mean of rates.
    """
    selection = replace(selection, to_date=False)
    trend = indicator_over_time(snapshot, selection, indicator_code, (unit_code,), profile)
    year = Period.containing(trend.period.end, Grain.YEAR, trend.period.year_starts_in)
    start = Outlook(trend.sheet, year)
    rule = trend.sheet.rules.over_periods
    if trend.grain is Grain.YEAR:
        return replace(start, why_not=NoOutlook.REPORTED_BY_YEAR)
    if rule is AggregationOverPeriods.NONE:
        return replace(start, why_not=NoOutlook.NOT_ADDED_UP)
    known = [point for point in trend.units[0].points if _is_used(point, rule) and point.period.end <= trend.period.end]
    is_rate = rule is AggregationOverPeriods.RATIO
    if is_rate and any(not point.denominator > 0 for point in known):
        return replace(start, why_not=NoOutlook.NO_DENOMINATORS)
    facts = facts_of_year(snapshot, selection.organisation_code, [(unit_code, indicator_code)], year)
    pair = facts.get((unit_code, indicator_code))
    target = year_target(pair, trend.sheet) if pair else NO_TARGET
    found = project(
        np.array([point.period.start for point in known], dtype="datetime64[D]"),
        np.array(at_usual_denominators(known) if is_rate else [point.value for point in known], dtype=np.float64),
        aggregation=AGGREGATIONS[rule],
        until=np.datetime64(year.end, "M"),
        target=None if isnan(target.low) else target.low,
        direction=direction_of(trend.sheet.rules.polarity),
        lowest=None if isnan(trend.bounds[0]) else trend.bounds[0],
        highest=None if isnan(trend.bounds[1]) or is_rate else trend.bounds[1],
    )
    last = known[-1] if known else None
    return replace(
        start,
        target=target,
        projection=found,
        from_period=last.period if last else None,
        from_value=last.value if last else nan,
        is_of_rate=is_rate,
        restarted_on=_restarted_on(trend, known),
    )


def at_usual_denominators(points: Sequence[Point]) -> list[float]:
    """Return each rate times its denominator ÷ the year's mean one: their mean over a year is the year's rate."""
    by_year: dict[int, list[float]] = defaultdict(list)
    for point in points:
        by_year[point.period.year].append(point.denominator)
    return [point.value * point.denominator / fmean(by_year[point.period.year]) for point in points]


def _restarted_on(trend: Trend, known: Sequence[Point]) -> date | None:
    days = [event.on for event in trend.happenings if event.rebases_limits]
    return max((day for day in days if known and known[0].period.end < day <= known[-1].period.end), default=None)


def _is_used(point: Point, rule: AggregationOverPeriods) -> bool:
    is_part = rule is AggregationOverPeriods.SUM and not point.is_complete
    return point.has_value and point.is_finished and not is_part
