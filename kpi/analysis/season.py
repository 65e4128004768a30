"""Whether a series rises and falls with the time of year: then a control chart would call the season a change. Pure."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from kpi.analysis.f_tail import chance_above

FEWEST_YEARS: Final = 3
"""Whole years below which a season can't be told from chance."""
SEASONAL_BELOW: Final = 0.001
"""The chance of so much likeness between years without a season, below which a series counts as seasonal."""


def is_seasonal(table: npt.NDArray[np.float64]) -> bool:
    """Return whether periods differ alike in every year; `table` has a row per year and a column per period."""
    return bool(are_seasonal(table[None])[0])


def are_seasonal(tables: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
    """Return for each table (series, years, periods) whether its periods differ alike in every year.

    Years with a missing period (NaN) are left out; fewer than three whole years are no evidence. Two-way analysis of
    variance without replication (Fisher): the years' own levels are taken out, and the periods' means are held
    against what is left.
    """
    is_whole = ~np.isnan(tables).any(axis=2, keepdims=True)
    years, periods = is_whole.sum(axis=(1, 2)), tables.shape[2]
    if periods < 2 or not (years >= FEWEST_YEARS).any():
        return np.zeros(len(tables), dtype=np.bool_)
    whole = np.where(is_whole, tables, 0.0)
    levelled = np.where(is_whole, whole - whole.mean(axis=2, keepdims=True), 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):  # too few years, or nothing left, are settled below
        means = levelled.sum(axis=1) / years[:, None]
        between = years * (means**2).sum(axis=1) / (periods - 1)
        left = np.where(is_whole, levelled - means[:, None, :], 0.0)
        within = (left**2).sum(axis=(1, 2)) / ((periods - 1) * (years - 1))
        chance = chance_above(between / within, periods - 1, (periods - 1) * np.maximum(years - 1.0, 1.0))
    found = np.where(within == 0, between > 0, chance < SEASONAL_BELOW)
    return (years >= FEWEST_YEARS) & found
