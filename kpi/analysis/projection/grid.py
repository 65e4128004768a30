"""Puts a series on a grid of equal periods that ends at the year's end asked for. Pure; knows no clock."""

from __future__ import annotations

from dataclasses import dataclass
from math import gcd
from typing import Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]

STEPS: Final = (12, 6, 3, 1)
"""Months that a period may have; the longest that fits all dates is taken."""


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """A series in periods of equal length, oldest first, and where the year that is asked for lies in it.

    `values` are the figures from the first to the newest known one, NaN = missing, `filled` the same with gaps bridged
    by a straight line. `per_year` periods make a year. `ahead` periods lie between the newest figure and the end of
    the year (0 = known). `known` are the figures of the year up to the newest, NaN = missing; `span` is how many of its
    periods count: all, or those since the series began.
    """

    values: Floats
    filled: Floats
    per_year: int
    ahead: int
    known: Floats
    span: int


def months_of(dates: npt.NDArray[np.datetime64]) -> Places:
    """Return the number of the month of each date."""
    return dates.astype("datetime64[M]").astype(np.int64)


def step_of(months: Places) -> int | None:
    """Return the months of a period: 1, 3, 6 or 12; None where two dates share a month. A single date: 1."""
    differences = np.diff(np.sort(months))
    if len(differences) == 0:
        return 1
    if (differences == 0).any():
        return None
    shared = gcd(*(int(difference) for difference in differences))
    return next(step for step in STEPS if shared % step == 0)


def grid(months: Places, values: Floats, step: int, until: int) -> Grid | None:
    """Return the series on periods of `step` months that end at month number `until`; None without a figure by then.

    A date stands for the period that contains it, whether it is the period's first day or its last. Figures after
    `until` are left out.
    """
    places = -((until - months) // step)
    is_used = ~np.isnan(values) & (places <= 0)
    if not is_used.any():
        return None
    places, figures = places[is_used], values[is_used]
    first, newest = int(places.min()), int(places.max())
    line = np.full(newest - first + 1, np.nan)
    line[places - first] = figures
    there = np.flatnonzero(~np.isnan(line))
    per_year = 12 // step
    begins = max(1 - per_year, first)
    return Grid(
        values=line,
        filled=np.interp(np.arange(len(line)), there, line[there]),
        per_year=per_year,
        ahead=-newest,
        known=line[begins - first :] if begins <= newest else line[:0],
        span=1 - begins,
    )
