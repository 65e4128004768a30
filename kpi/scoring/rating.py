"""Rating: the band in which a figure falls. Bands are data of the profile; nothing else compares with them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from kpi.scoring.profile import Band

DECIMALS: Final = 9
"""Bands compare the percent figure at so many decimals. That takes away float noise alone, which otherwise misrates a
fifth of exact hits (target 0.57, value 0.684: 1 + (1 − R/T) × 100 is 79.99999999999999, not 80)."""


def percent(ratio: np.ndarray) -> np.ndarray:
    """Return ratios as percent, unrounded."""
    return ratio * 100


def compared_percent(ratio: np.ndarray) -> np.ndarray:
    """Return the percent figure that bands are compared with."""
    with np.errstate(over="ignore"):  # beyond 1e297 percent there is nothing to round
        return np.round(percent(ratio), DECIMALS)


def rating(ratio: np.ndarray, bands: Sequence[Band]) -> np.ndarray:
    """Return the place in `bands` of each ratio: int8, -1 for NaN. Bands are half-open: a bound belongs to the better.

    `bands` stand best first, as a profile lists them.
    """
    figure = compared_percent(ratio)
    reached = np.zeros(len(ratio), dtype=np.int8)
    for band in bands:
        reached += figure >= band.from_percent
    return len(bands) - reached - np.int8(len(bands) + 1) * (reached == 0)
