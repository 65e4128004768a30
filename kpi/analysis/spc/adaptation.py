"""Limits for segments in which moving ranges do not measure the spread: mostly equal values with a few jumps. Pure.

Source: docs/methodology-statistics.md, "Where the verdict differs".
"""

from __future__ import annotations

from typing import Final

import numpy as np

from kpi.analysis.spc.averages import Flags, Floats
from kpi.analysis.spc.limits import Limits
from kpi.analysis.spc.segments import Indices

ADAPTED_WIDTH: Final = 3.0
"""Adapted limits lie this many standard deviations from the median; the outer third begins at two."""


def adapted(block: Floats, limits: Limits, fix_after: int | None) -> Limits:
    """Return `limits` with those columns replaced in which moving ranges do not measure the spread.

    Such a column varies, and most of its ranges are zero or some were screened out, and the limits then have no width
    or most of the points that they rest on lie outside them. It gets the median and three standard deviations instead
    (`average_moving_range` NaN): of no series do more than a quarter of the points lie outside those.
    """
    baseline = block[:fix_after]
    columns = _misfits(baseline, limits, limits.moving_range[1:fix_after])
    if len(columns) == 0:
        return limits
    middle = np.nanmedian(baseline[:, columns], axis=0)
    spread = np.nanstd(baseline[:, columns], axis=0, ddof=1)
    wide, near = ADAPTED_WIDTH * spread, ADAPTED_WIDTH * 2 / 3 * spread
    return Limits(
        mean=_with(limits.mean, columns, middle),
        average_moving_range=_with(limits.average_moving_range, columns, np.full_like(middle, np.nan)),
        lower=_with(limits.lower, columns, middle - wide),
        upper=_with(limits.upper, columns, middle + wide),
        near_lower=_with(limits.near_lower, columns, middle - near),
        near_upper=_with(limits.near_upper, columns, middle + near),
        moving_range=limits.moving_range,
    )


def known_values(baseline: Floats) -> Indices:
    """Return how many values each column has."""
    return np.count_nonzero(~np.isnan(baseline), axis=0)


def varies(baseline: Floats) -> Flags:
    """Return whether the known values of each column differ; False for a column without any."""
    with np.errstate(invalid="ignore"):
        return np.fmax.reduce(baseline, axis=0) > np.fmin.reduce(baseline, axis=0)


def _misfits(baseline: Floats, limits: Limits, used: Floats) -> Indices:
    with np.errstate(invalid="ignore"):
        outside = np.count_nonzero((baseline > limits.upper) | (baseline < limits.lower), axis=0)
        has_no_width = ~(limits.average_moving_range > 0)
    suspects = np.flatnonzero(has_no_width | (2 * outside > known_values(baseline)))
    ranges = np.abs(baseline[1:, suspects] - baseline[:-1, suspects])
    zero, there = np.count_nonzero(ranges == 0, axis=0), known_values(ranges)
    is_blind = (there > known_values(used[:, suspects])) | (2 * zero > there) | has_no_width[suspects]
    return suspects[is_blind & varies(baseline[:, suspects])]


def _with(figures: Floats, columns: Indices, new: Floats) -> Floats:
    result = figures.copy()
    result[columns] = new
    return result
