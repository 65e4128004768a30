"""How far each rule was off when it stood where the series stands now. Pure.

Source: docs/methodology-statistics.md, "Projection".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, assert_never

import numpy as np

from kpi.analysis.projection.candidates import SIMPLE_RULES, SMOOTHING_LEAST, Method, smoothed_from
from kpi.analysis.projection.grid import Floats, Grid
from kpi.analysis.projection.yearend import Aggregation

MOST_ORIGINS: Final = 24
FEWEST_ORIGINS: Final = 6
"""Exponential smoothing is tried where it can be tested from so many origins."""
LEAST_TRAINING: Final = 3


@dataclass(frozen=True, slots=True, eq=False)
class Backtest:
    """Errors of the year's figure, forecast − actual, per rule and origin, newest first (NaN where not to be had).

    `ahead` is how many periods were foretold: as many as needed now, or fewer where the series is too short to test so
    far; `stretch` is then by how much errors must be taken larger (1 = tested at the full distance).
    """

    errors: dict[Method, Floats]
    ahead: int
    stretch: float

    def before(self, place: int) -> Backtest:
        """Return what was known of the rules at the origin in `place`: the errors that had come in by then."""
        return Backtest({m: e[place + self.ahead :] for m, e in self.errors.items()}, self.ahead, self.stretch)

    def compared(self, method: Method, other: Method) -> tuple[float, float]:
        """Return the mean absolute errors of two rules over the origins at which both could be used; NaN if none."""
        mine, theirs = self.errors[method], self.errors[other]
        both = ~np.isnan(mine) & ~np.isnan(theirs)
        if not both.any():
            return np.nan, np.nan
        return float(np.abs(mine[both]).mean() * self.stretch), float(np.abs(theirs[both]).mean() * self.stretch)


def backtest(line: Grid, aggregation: Aggregation) -> Backtest:
    """Return the errors of every rule from up to MOST_ORIGINS origins, each with a third of the figures behind it.

    Errors are of the figure asked for: a sum adds the errors of its unknown periods, a mean divides them by the
    periods of the year, a last value takes the last. An origin needs a figure of its own, so that no bridged gap
    looks ahead. Distances longer than the series allows to test are reached by stretching: `_stretch`.
    """
    count, needed = len(line.values), max(line.ahead, 1)
    least = max(LEAST_TRAINING, count // 3)
    ahead = min(needed, max(1, count - least - 1))
    origins = list(range(count - ahead, least - 1, -1))[:MOST_ORIGINS]
    errors: dict[Method, Floats] = {}
    for method, rule in SIMPLE_RULES.items():
        forecasts = [rule(line.filled[:origin], ahead, line.per_year) for origin in origins]
        errors[method] = _errors(line, origins, forecasts, aggregation)
    tried = [origin for origin in origins if origin >= SMOOTHING_LEAST]
    if ahead == needed and len(tried) >= FEWEST_ORIGINS:
        smoothed = smoothed_from(line.filled, tried[::-1], ahead, line.per_year)[::-1]
        padded = [*smoothed, *[None] * (len(origins) - len(tried))]
        errors[Method.ETS] = _errors(line, origins, padded, aggregation)
    return Backtest(errors, ahead, _stretch(needed / ahead, aggregation))


def _stretch(times_as_far: float, aggregation: Aggregation) -> float:
    """Return by how much errors grow with distance: a last value wanders off as the root, sums gather in proportion."""
    match aggregation:
        case Aggregation.SUM | Aggregation.MEAN:
            return times_as_far
        case Aggregation.LAST:
            return times_as_far**0.5
        case _:
            assert_never(aggregation)


def _errors(line: Grid, origins: list[int], forecasts: list[Floats | None], aggregation: Aggregation) -> Floats:
    pairs = zip(origins, forecasts, strict=True)
    return np.array([_error(line, origin, forecast, aggregation) for origin, forecast in pairs], dtype=np.float64)


def _error(line: Grid, origin: int, forecast: Floats | None, aggregation: Aggregation) -> float:
    """Return forecast − actual of the year's figure; NaN without a forecast or an actual figure."""
    if forecast is None or np.isnan(line.values[origin - 1]):
        return np.nan
    difference = (forecast - line.values[origin : origin + len(forecast)])[-line.per_year :]
    match aggregation:
        case Aggregation.SUM:
            return float(difference.sum())
        case Aggregation.MEAN:
            return float(difference.sum() / line.span)
        case Aggregation.LAST:
            return float(difference[-1])
        case _:
            assert_never(aggregation)
