"""How means and sums without a denominator lie across units: quarters, not ranks. Pure arrays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from kpi.model import Polarity

Floats = npt.NDArray[np.float64]
Quarters = npt.NDArray[np.int8]

FEWEST_UNITS: Final = 4
"""With fewer units there are no quarters."""


@dataclass(frozen=True, slots=True, eq=False)
class Spread:
    """The distribution over units, and each unit's quarter now and a year before: 1 = best, 0 = none.

    Quartiles are interpolated (Hyndman and Fan, type 7) over the units with a figure, and NaN without any. Equal
    figures share a quarter; a figure on a quartile belongs to the better side.
    """

    units: int
    lowest: float
    quartile_1: float
    median: float
    quartile_3: float
    highest: float
    quarter: Quarters
    quarter_before: Quarters


def spread(values: Floats, polarity: Polarity, before: Floats | None = None) -> Spread:
    """Return how `values` (a figure per unit, NaN = missing) lie, and where each unit stood among `before`.

    Best is the lowest where lower is better, else the highest; of a neutral indicator 1 just means high.
    """
    known = np.asarray(values, dtype=np.float64)
    known = known[~np.isnan(known)]
    marks = np.quantile(known, [0, 0.25, 0.5, 0.75, 1]) if len(known) else np.full(5, np.nan)
    lowest, first, median, third, highest = (float(mark) for mark in marks)
    now = _quarters(values, polarity)
    earlier = np.zeros_like(now) if before is None else _quarters(before, polarity)
    return Spread(len(known), lowest, first, median, third, highest, now, earlier)


def _quarters(values: Floats, polarity: Polarity) -> Quarters:
    cost = np.asarray(values, dtype=np.float64) * (1.0 if polarity is Polarity.MINIMIZE else -1.0)
    known = ~np.isnan(cost)
    if known.sum() < FEWEST_UNITS:
        return np.zeros(len(cost), dtype=np.int8)
    marks = np.quantile(cost[known], [0.25, 0.5, 0.75])
    return np.where(known, 1 + np.searchsorted(marks, cost, side="left"), 0).astype(np.int8)
