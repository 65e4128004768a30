"""The arithmetic of a year that is not over: what is known, what is missing, and the pace a target takes. Pure."""

from __future__ import annotations

from enum import StrEnum
from typing import assert_never

import numpy as np

from kpi.analysis.projection.grid import Floats, Grid
from kpi.analysis.spc.vocabulary import Direction


class Aggregation(StrEnum):
    """How the periods make the year's figure."""

    SUM = "sum"
    MEAN = "mean"
    LAST = "last"


def missing_periods(line: Grid, aggregation: Aggregation) -> int:
    """Return how many periods the year's figure still lacks: for a last value those up to the last one."""
    match aggregation:
        case Aggregation.SUM | Aggregation.MEAN:
            return line.span - int(np.count_nonzero(~np.isnan(line.known)))
        case Aggregation.LAST:
            return line.ahead
        case _:
            assert_never(aggregation)


def year_figure(line: Grid, path: Floats, aggregation: Aggregation) -> float:
    """Return the year's figure from what is known, gaps bridged, and the `path` of the periods ahead."""
    known = line.filled[len(line.filled) - len(line.known) :]
    figures = np.concatenate([known, path[-line.per_year :]])
    match aggregation:
        case Aggregation.SUM:
            return float(figures.sum())
        case Aggregation.MEAN:
            return float(figures.mean())
        case Aggregation.LAST:
            return float(figures[-1])
        case _:
            assert_never(aggregation)


def needed_per_period(line: Grid, aggregation: Aggregation, target: float) -> float | None:
    """Return what each missing period must bring (sum), be (mean) or rise by (last) so that the year meets `target`.

    None when nothing is missing. A sum that has met its target needs 0 or less.
    """
    missing = missing_periods(line, aggregation)
    if missing == 0:
        return None
    match aggregation:
        case Aggregation.SUM:
            return (target - float(np.nansum(line.known))) / missing
        case Aggregation.MEAN:
            return (target * line.span - float(np.nansum(line.known))) / missing
        case Aggregation.LAST:
            return (target - float(line.filled[-1])) / missing
        case _:
            assert_never(aggregation)


def best_per_period(line: Grid, aggregation: Aggregation, direction: Direction) -> float | None:
    """Return the best that one period ever brought (sum, mean) or moved by (last), to hold the needed pace against.

    None for a neutral direction, and for a last value without two figures side by side.
    """
    figures = np.diff(line.values) if aggregation is Aggregation.LAST else line.values
    if direction is Direction.NEUTRAL or np.isnan(figures).all():
        return None
    return float(np.nanmax(figures) if direction is Direction.INCREASE else np.nanmin(figures))


def possible_range(line: Grid, aggregation: Aggregation, lowest: float, highest: float) -> tuple[float, float]:
    """Return the least and the greatest figure of the year if each missing period lies in `lowest`..`highest`."""
    missing, known = missing_periods(line, aggregation), float(np.nansum(line.known))
    match aggregation:
        case Aggregation.SUM:
            return known + missing * lowest, known + missing * highest
        case Aggregation.MEAN:
            return (known + missing * lowest) / line.span, (known + missing * highest) / line.span
        case Aggregation.LAST:
            return lowest, highest
        case _:
            assert_never(aggregation)
