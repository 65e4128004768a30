"""A whole year's target of a unit's indicator, and the year's figures at the indicator's own grain.

A consolidated figure's target covers only the parts that have reported; what a year must bring needs all of it. Knows
no screen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import isnan, nan
from typing import Final, assert_never

import pandas as pd

from kpi.access import AllowedSnapshot
from kpi.model import AggregationOverPeriods
from kpi.periods import MONTHS, Grain, Period
from kpi.views.lineage import Figure, figures_by_pair
from kpi.views.sheets import Pair, Sheet


@dataclass(frozen=True, slots=True)
class Target:
    """A target in the indicator's own unit of measure; NaN `low` = none, NaN `high` = one value and no range."""

    low: float = nan
    high: float = nan

    @property
    def is_set(self) -> bool:
        """Whether there is a target."""
        return not isnan(self.low)


NO_TARGET: Final = Target()


@dataclass(frozen=True, slots=True)
class YearFacts:
    """A unit's figures of one indicator in a year: a place for each period at its own grain, None = nothing known.

    `stated` is a target that stands for the year itself, not for its periods. A period counts as known once it is over:
    what a running one has brought says little of what it will.
    """

    year: Period
    periods: tuple[Period, ...]
    figures: tuple[Figure | None, ...]
    stated: Target

    @property
    def known(self) -> tuple[int, ...]:
        """The places of the finished periods with a value."""
        return tuple(at for at, figure in enumerate(self.figures) if figure and _is_known(figure))

    @property
    def with_values(self) -> tuple[Figure, ...]:
        """The values of finished periods, oldest first."""
        return tuple(figure for figure in self.figures if figure and _is_known(figure))


def facts_of_year(
    snapshot: AllowedSnapshot, organisation_code: str, pairs: Sequence[Pair], year: Period
) -> dict[Pair, YearFacts]:
    """Return the figures of a year by unit and indicator; a pair without any is left out."""
    units, codes = sorted({unit for unit, _ in pairs}), sorted({code for _, code in pairs})
    own = snapshot.facts(organisation_code, unit_codes=units, indicator_codes=codes, first=year.start, last=year.end)
    yearly = snapshot.facts(
        organisation_code,
        unit_codes=units,
        indicator_codes=codes,
        grain=Grain.YEAR,
        first=year.start,
        last=year.end,
    )
    reported = snapshot.measurements(
        organisation_code,
        unit_codes=units,
        indicator_codes=codes,
        grain=Grain.YEAR,
        first=year.start,
        last=year.end,
    )
    stated, rolled = _targets(reported), _targets(yearly)
    return {
        pair: _facts(grain, figures, year, stated.get(pair), rolled.get(pair))
        for pair, (grain, figures) in figures_by_pair(own).items()
    }


def year_target(facts: YearFacts, sheet: Sheet) -> Target:
    """Return the target of the whole year: the one stated for it, else made from its periods' targets.

    sum adds them; mean averages them; ratio averages them by denominator (periods still to come count as the average
    one so far); last takes the last period's. Not set where a period that counts has none.
    """
    if facts.stated.is_set:
        return facts.stated
    figures = [figure or Figure(nan) for figure in facts.figures]
    lows, highs = [figure.target for figure in figures], [figure.target_high for figure in figures]
    match sheet.rules.over_periods:
        case AggregationOverPeriods.SUM:
            return Target(sum(lows), sum(highs))
        case AggregationOverPeriods.LAST:
            return Target(lows[-1], highs[-1])
        case AggregationOverPeriods.MEAN:
            return Target(sum(lows) / len(lows), sum(highs) / len(highs))
        case AggregationOverPeriods.RATIO:
            weights = _weights(figures)
            return Target(_weighted(lows, weights), _weighted(highs, weights))
        case AggregationOverPeriods.NONE:
            return Target(lows[0], highs[0]) if len(lows) == 1 else NO_TARGET
        case _:
            assert_never(sheet.rules.over_periods)


def _is_known(figure: Figure) -> bool:
    return figure.is_finished and not isnan(figure.value)


def _facts(
    grain: Grain, by_start: Mapping[date, Figure], year: Period, stated: Target | None, rolled: Target | None
) -> YearFacts:
    first = Period.beginning(year.start, grain, year.year_starts_in)
    periods = tuple(first.shifted(step) for step in range(12 // MONTHS[grain]))
    figures = tuple(by_start.get(period.start) for period in periods)
    has_targets = any(figure is not None and not isnan(figure.target) for figure in figures)
    return YearFacts(year, periods, figures, stated or (None if has_targets else rolled) or NO_TARGET)


def _targets(rows: pd.DataFrame) -> dict[Pair, Target]:
    with_target = rows[rows["target"].notna()]
    columns = with_target[["unit_code", "indicator_code", "target", "target_high"]]
    return {(str(unit), str(code)): Target(low, high) for unit, code, low, high in columns.itertuples(index=False)}


def _weights(figures: Sequence[Figure]) -> list[float]:
    """Return what each period's target counts: its denominator, the average one where it has none yet."""
    known = [figure.denominator for figure in figures if not isnan(figure.denominator)]
    usual = sum(known) / len(known) if known and sum(known) else 1.0
    return [usual if isnan(figure.denominator) else figure.denominator for figure in figures]


def _weighted(targets: Sequence[float], weights: Sequence[float]) -> float:
    return sum(target * weight for target, weight in zip(targets, weights, strict=True)) / sum(weights)
