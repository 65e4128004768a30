"""Groups instead of ranks: units that cannot be told apart share a group. Pure arrays.

Source: docs/methodology-statistics.md, "Groups", which states the rule and why it is this one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from kpi.analysis.peers.intervals import Floats, RateKind, interval
from kpi.model import Polarity

Indices = npt.NDArray[np.intp]

TOGETHER: Final = 0.95
"""Chance that the intervals of all units hold at once, and so every statement that two of them differ."""


@dataclass(frozen=True, slots=True, eq=False)
class Groups:
    """Ordered groups, 1 = best; arrays per unit, 0 = left out for want of a figure.

    A unit belongs to the groups `first`..`last`; two units share one exactly when they can't be told apart.
    `best_place`..`worst_place` is what its rank may be among the `units`.
    """

    units: int
    count: int
    first: Indices
    last: Indices
    best_place: Indices
    worst_place: Indices


def groups(numerator: Floats, denominator: Floats, kind: RateKind, polarity: Polarity) -> Groups:
    """Return the ordered groups of units, by intervals that hold together.

    Units whose intervals overlap can't be told apart. A group is a largest set of units that all overlap each other;
    along the line of rates these sets have one order, and each unit lies in a run of them. Best first: lowest where
    lower is better, else highest. A unit without numerator, or with a denominator of zero, is left out.
    """
    count, total = np.asarray(numerator, dtype=np.float64), np.asarray(denominator, dtype=np.float64)
    with np.errstate(invalid="ignore"):
        known = np.flatnonzero(~np.isnan(count) & (total > 0))
    level = TOGETHER ** (1 / max(len(known), 1))
    low, high = interval(count[known], total[known], kind, level)
    begin, end = (low, high) if polarity is Polarity.MINIMIZE else (-high, -low)
    closings = _closings(begin, end)
    spread = np.zeros((4, len(count)), dtype=np.intp)
    spread[:, known] = (
        np.searchsorted(closings, begin, side="left") + 1,
        np.searchsorted(closings, end, side="right"),
        np.searchsorted(np.sort(end), begin, side="left") + 1,
        np.searchsorted(np.sort(begin), end, side="right"),
    )
    return Groups(len(known), len(closings), *spread)


def _closings(begin: Floats, end: Floats) -> Floats:
    """Return where each group closes: an end whose predecessor among all ends and begins is a begin, in order.

    Where a begin meets an end they overlap, so the begin comes first.
    """
    places = np.concatenate([begin, end])
    is_end = np.repeat([False, True], len(begin))
    order = np.lexsort((is_end, places))
    closes = is_end[order]
    closes[1:] &= ~is_end[order][:-1]
    return places[order][closes]
