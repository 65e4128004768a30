"""Will we make it? The year's end from the figures so far, how sure that is, and the pace it takes. Pure.

Source: docs/methodology-statistics.md, "Projection".
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, assert_never

import numpy as np
import numpy.typing as npt

from kpi.analysis.projection.backtest import Backtest, backtest
from kpi.analysis.projection.candidates import SIMPLE_RULES, Method, smoothed
from kpi.analysis.projection.choice import better_naive, chosen, spread
from kpi.analysis.projection.grid import Floats, Grid, grid, months_of, step_of
from kpi.analysis.projection.yearend import (
    Aggregation,
    best_per_period,
    missing_periods,
    needed_per_period,
    possible_range,
    year_figure,
)
from kpi.analysis.spc.vocabulary import Direction

MIN_POINTS: Final = 4
"""Figures below which nothing is projected."""
INTERVAL: Final = 0.8
"""The share of years whose figure the interval is to hold."""


class Remark(StrEnum):
    """Why there is no projection, or what to know of it."""

    NO_FIGURE = "no_figure"
    TOO_FEW_POINTS = "too_few_points"
    IRREGULAR_DATES = "irregular_dates"
    TOO_FAR = "too_far"
    KNOWN = "known"
    NO_METHOD_BEATS_NAIVE = "no_method_beats_naive"
    NOT_TESTED_SO_FAR = "not_tested_so_far"
    NO_VARIATION = "no_variation"
    UNTESTED = "untested"


@dataclass(frozen=True, slots=True)
class Projection:
    """The year's figure as foretold; None where a number can't be given, and `remark` says why.

    `low_80`..`high_80` holds the figure in four of five years. `probability` is that of meeting the target.
    `backtest_error` and `naive_error` are mean absolute errors of the year's figure, in its unit of measure, of the
    method and of the better naive rule over the same past. `needed_per_period` is what each of the `remaining` periods
    must bring (sum), average (mean) or rise by (last) to meet the target, `best_per_period` the best that one ever
    did. `path` are the figures foretold, from the one after the newest on.
    """

    method: Method | None = None
    estimate: float | None = None
    low_80: float | None = None
    high_80: float | None = None
    probability: float | None = None
    backtest_error: float | None = None
    naive_error: float | None = None
    needed_per_period: float | None = None
    best_per_period: float | None = None
    remark: Remark | None = None
    points: int = 0
    points_needed: int = MIN_POINTS
    remaining: int = 0
    path: tuple[float, ...] = ()


def project(
    dates: npt.NDArray[np.datetime64],
    values: Floats,
    *,
    aggregation: Aggregation,
    until: np.datetime64,
    target: float | None = None,
    direction: Direction = Direction.INCREASE,
    lowest: float | None = None,
    highest: float | None = None,
) -> Projection:
    """Return the outlook for the year of twelve months that ends with the month `until`.

    `dates` and `values` (NaN = missing) are a series of months, quarters, half-years or years, in any order; the
    spacing is read from the dates. Figures after `until` are not looked at. Figures of the year stay as they are, and
    only what is missing is foretold; where the series begins within the year, the year is what lies in it. `lowest`
    and `highest` bound a period's figure (None: 0 where nothing was ever below, and no bound above). A neutral
    direction gets no probability.
    """
    months, figures = months_of(dates), np.asarray(values, dtype=np.float64)
    step = step_of(months[~np.isnan(figures)])
    if step is None:
        return Projection(remark=Remark.IRREGULAR_DATES, points=int(np.count_nonzero(~np.isnan(figures))))
    line = grid(months, figures, step, int(months_of(np.array([until]))[0]))
    if line is None:
        return Projection(remark=Remark.NO_FIGURE)
    least = (0.0 if line.filled.min() >= 0 else -np.inf) if lowest is None else lowest
    task = _Task(line, aggregation, target, direction, least, np.inf if highest is None else highest)
    points = int(np.count_nonzero(~np.isnan(line.values)))
    start = Projection(
        points=points,
        remaining=missing_periods(line, aggregation),
        needed_per_period=None if target is None else needed_per_period(line, aggregation, target),
        best_per_period=best_per_period(line, aggregation, direction),
    )
    if start.remaining == 0:
        return _as_known(start, task)
    if points < MIN_POINTS:
        return replace(start, remark=Remark.TOO_FEW_POINTS)
    if line.ahead > max(line.per_year, points // 2):
        return replace(start, remark=Remark.TOO_FAR)
    return _foretold(start, task)


@dataclass(frozen=True, slots=True, eq=False)
class _Task:
    """What is asked of a series."""

    line: Grid
    aggregation: Aggregation
    target: float | None
    direction: Direction
    lowest: float
    highest: float


def _as_known(start: Projection, task: _Task) -> Projection:
    """Return the year's figure, which needs no foretelling."""
    figure = year_figure(task.line, np.empty(0), task.aggregation)
    return replace(
        start,
        method=Method.KNOWN,
        estimate=figure,
        low_80=figure,
        high_80=figure,
        probability=_probability(task, figure, 0.0, 1),
        remark=Remark.KNOWN,
    )


def _foretold(start: Projection, task: _Task) -> Projection:
    tested = backtest(task.line, task.aggregation)
    naive = better_naive(tested)
    method = chosen(tested) if task.line.ahead else naive
    path = np.clip(_path(method, task.line), task.lowest, task.highest)
    estimate = year_figure(task.line, path, task.aggregation)
    own_error, naive_error = tested.compared(method, naive)
    found = replace(
        start,
        method=method,
        estimate=estimate,
        backtest_error=None if np.isnan(own_error) else own_error,
        naive_error=None if np.isnan(naive_error) else naive_error,
        remark=_remark(tested, method is naive),
        path=tuple(float(figure) for figure in path),
    )
    scale, origins = _scale(tested, start, task)
    if origins == 0:
        return replace(found, remark=Remark.UNTESTED)
    if scale == 0:
        return replace(found, remark=Remark.NO_VARIATION)
    from scipy import special  # loads for long; pages without a projection need none of it

    half = float(special.stdtrit(max(origins - 1, 1), (1 + INTERVAL) / 2)) * scale
    least, greatest = possible_range(task.line, task.aggregation, task.lowest, task.highest)
    return replace(
        found,
        low_80=max(estimate - half, least),
        high_80=min(estimate + half, greatest),
        probability=_probability(task, estimate, scale, origins),
    )


def _remark(tested: Backtest, is_naive: bool) -> Remark | None:
    if tested.stretch > 1:
        return Remark.NOT_TESTED_SO_FAR
    return Remark.NO_METHOD_BEATS_NAIVE if is_naive else None


def _path(method: Method, line: Grid) -> Floats:
    """Return the figures foretold from the newest one to the end of the year."""
    if method is Method.ETS:
        return smoothed(line.filled, line.ahead, line.per_year)
    path = SIMPLE_RULES[method](line.filled, line.ahead, line.per_year)
    if path is None:
        raise AssertionError(f"{method.value} was chosen for a series that is too short for it")
    return path


def _scale(tested: Backtest, start: Projection, task: _Task) -> tuple[float, int]:
    """Return the spread of the year's error, widened for gaps inside the year, and how many origins bear it."""
    scale, origins = spread(tested)
    ahead = max(min(task.line.ahead, task.line.per_year), 1)
    return float(scale * np.sqrt(max(start.remaining, ahead) / ahead)), origins


def _probability(task: _Task, estimate: float, scale: float, origins: int) -> float | None:
    """Return the probability that the year's figure is on the wanted side of the target; on it counts as met.

    By Student's t, whose tails are the wider the fewer origins; None without a target or a direction.
    """
    if task.target is None:
        return None
    match task.direction:
        case Direction.INCREASE:
            margin = estimate - task.target
        case Direction.DECREASE:
            margin = task.target - estimate
        case Direction.NEUTRAL:
            return None
        case _:
            assert_never(task.direction)
    if scale == 0:
        return float(margin >= 0)
    from scipy import special  # as above

    return float(special.stdtr(max(origins - 1, 1), margin / scale))
