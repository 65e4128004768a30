"""Means that carry the rounding error along, so that a point that equals the mean is seen to equal it. Pure arrays.

The reference sums in extended precision and corrects once; a plain float64 mean differs from it in the last digit, and
a run of points "on the mean" then breaks or lives by chance. Sums here keep their exact rounding errors (Knuth's
two-sum), which gives the same last digit on every machine.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

_SPLIT = 134217729.0  # 2**27 + 1 cuts a float64 into two halves whose products are exact (Veltkamp)


def exact_mean(block: Floats, known: Flags) -> Floats:
    """Return the mean of each column over the rows where `known`; NaN where a column has none.

    `block` and `known` are (points, series); values under `known` are finite, the others are ignored.
    """
    count = np.count_nonzero(known, axis=0).astype(np.float64)
    total, lost = _sum_with_error(block if known.all() else np.where(known, block, 0.0))
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = total / count
        scaled = mean * _SPLIT
        high = scaled - (scaled - mean)
        low = mean - high
        return mean + (((total - high * count) - low * count) + lost) / count


def _sum_with_error(block: Floats) -> tuple[Floats, Floats]:
    """Return per column the rounded sum and what rounding lost, by folding the block in halves."""
    lost: Floats = np.zeros(block.shape[1])
    if len(block) == 0:
        return lost, lost
    total = block
    while len(total) > 1:
        pairs = len(total) // 2
        first, second = total[:pairs], total[pairs : 2 * pairs]
        sums = np.empty((len(total) - pairs, total.shape[1]))
        np.add(first, second, out=sums[:pairs])
        sums[pairs:] = total[2 * pairs :]
        lost += _rounding_error(first, second, sums[:pairs]).sum(axis=0)
        total = sums
    return total[0], lost


def _rounding_error(first: Floats, second: Floats, added: Floats) -> Floats:
    """Return exactly what `added` = first + second lost to rounding."""
    back = added - first
    error = added - back
    np.subtract(first, error, out=error)
    np.subtract(second, back, out=back)
    return np.add(error, back, out=error)
