"""Centre line and process limits of an XmR chart: from the average moving range. Pure arrays, a column per segment.

Blocks are (points, segments), so that a step in time is a row and every operation runs along whole rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from kpi.analysis.spc.averages import Floats, exact_mean

LIMIT_FACTOR: Final = 2.66
"""Limits lie this many average moving ranges from the mean: 3 ÷ d2, with d2 = 1.128 for ranges of two."""
NEAR_FACTOR: Final = 2 * (LIMIT_FACTOR / 3)
"""The outer third begins here; written as the reference computes it, to the last digit."""
SCREEN_FACTOR: Final = 3.267
"""A moving range this many times the average is an outlier: D4, the upper limit of a chart of ranges."""


@dataclass(frozen=True, slots=True, eq=False)
class Limits:
    """One number per segment, float64, NaN where undefined; `moving_range` is (points, segments).

    `moving_range` is NaN where there is none: at the first point, beside a missing value, where screened out and
    past the points that limits are fixed on.
    """

    mean: Floats
    average_moving_range: Floats
    lower: Floats
    upper: Floats
    near_lower: Floats
    near_upper: Floats
    moving_range: Floats


def moving_range_limits(block: Floats, fix_after: int | None, screen: bool) -> Limits:
    """Return the limits of each column of `block` (points, segments; NaN missing).

    `fix_after` takes the first points alone (None = all); `screen` leaves large moving ranges out of the average.
    No variation with screening on, or fewer than two neighbouring values: limits NaN, as in the reference.
    """
    baseline = block[:fix_after]
    mean = exact_mean(baseline, ~np.isnan(baseline))
    moving_range = np.full(block.shape, np.nan)
    used = moving_range[1:fix_after]
    np.abs(np.subtract(baseline[1:], baseline[:-1], out=used), out=used)
    average = screened_average(used) if screen else exact_mean(used, ~np.isnan(used))
    return around(mean, average, moving_range)


def screened_average(ranges: Floats) -> Floats:
    """Return the average of each column without its large ranges, which become NaN in place."""
    first = exact_mean(ranges, ~np.isnan(ranges))
    with np.errstate(invalid="ignore"):
        kept = ranges < SCREEN_FACTOR * first
    touched = np.flatnonzero((kept != ~np.isnan(ranges)).any(axis=0))
    ranges[~kept] = np.nan
    first[touched] = exact_mean(ranges[:, touched], kept[:, touched])
    return first


def around(mean: Floats, average: Floats, moving_range: Floats) -> Limits:
    """Return the limits that lie around `mean` at the width that `average` gives."""
    wide, near = LIMIT_FACTOR * average, NEAR_FACTOR * average
    return Limits(mean, average, mean - wide, mean + wide, mean - near, mean + near, moving_range)
