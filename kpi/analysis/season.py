"""Whether a series rises and falls with the time of year: then a control chart would call the season a change. Pure."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import stats

FEWEST_YEARS: Final = 3
"""Whole years below which a season can't be told from chance."""
SEASONAL_BELOW: Final = 0.001
"""The chance of so much likeness between years without a season, below which a series counts as seasonal."""


def is_seasonal(table: npt.NDArray[np.float64]) -> bool:
    """Return whether periods differ alike in every year; `table` has a row per year and a column per period.

    Years with a missing period (NaN) are left out; fewer than three whole years are no evidence. Two-way analysis of
    variance without replication (Fisher): the years' own levels are taken out, and the periods' means are held
    against what is left.
    """
    whole = table[~np.isnan(table).any(axis=1)]
    years, periods = whole.shape
    if years < FEWEST_YEARS or periods < 2:
        return False
    levelled = whole - whole.mean(axis=1, keepdims=True)
    means = levelled.mean(axis=0)
    between = years * float((means**2).sum()) / (periods - 1)
    within = float(((levelled - means) ** 2).sum()) / ((periods - 1) * (years - 1))
    if within == 0:
        return between > 0
    return bool(stats.f.sf(between / within, periods - 1, (periods - 1) * (years - 1)) < SEASONAL_BELOW)
