"""How a figure moved against its like-for-like partner: by how much, and whether that is better. Pure arrays.

Whether the move is more than chance is not asked here: that is `spc.verdict`'s.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
import numpy.typing as npt

from kpi.model import POLARITY_CODE, Polarity

Floats = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int8]


class Movement(StrEnum):
    """What a change means, given which way is better."""

    BETTER = "better"
    SAME = "same"
    WORSE = "worse"
    NOT_JUDGED = "not_judged"


MOVEMENTS: Final = tuple(Movement)


@dataclass(frozen=True, slots=True, eq=False)
class Change:
    """Per figure: `absolute` = now − before, `relative` = absolute ÷ |before| (ratio), and codes of MOVEMENTS.

    NaN where either figure is missing; `relative` also where the earlier one is zero, which has no percentage.
    """

    absolute: Floats
    relative: Floats
    movement: Codes


def change(
    now: Floats,
    before: Floats,
    polarity: Codes,
    *,
    target: Floats | None = None,
    target_high: Floats | None = None,
    decimals: npt.NDArray[np.int8] | None = None,
) -> Change:
    """Return how each figure of `now` moved from its partner in `before`; arrays of one length, NaN = missing.

    `polarity` are codes of model.POLARITY_CODE (−1 = not stated). A figure to be kept near a target, or inside
    `target`..`target_high`, is better when it lies nearer. With `decimals`, figures that read the same are the same.
    Neutral, without direction, without a needed target, or missing: not judged.
    """
    now, before = np.asarray(now, dtype=np.float64), np.asarray(before, dtype=np.float64)
    absolute = now - before
    relative = np.divide(absolute, np.abs(before), out=np.full_like(absolute, np.nan), where=before != 0)
    gain = np.select(
        [polarity == POLARITY_CODE[p] for p in (Polarity.MAXIMIZE, Polarity.MINIMIZE, Polarity.STABILIZE)],
        [absolute, -absolute, _nearer(now, before, target, target_high)],
        default=np.nan,
    )
    if decimals is not None:
        gain = np.where(_rounded(now, decimals) == _rounded(before, decimals), 0.0 * gain, gain)
    return Change(absolute, relative, _movements(gain))


def _nearer(now: Floats, before: Floats, target: Floats | None, target_high: Floats | None) -> Floats:
    """Return by how much `now` lies nearer to its target (or range) than `before`; NaN without a target."""
    if target is None:
        return np.full_like(now, np.nan)
    high = target if target_high is None else np.where(np.isnan(target_high), target, target_high)
    return _distance(before, target, high) - _distance(now, target, high)


def _distance(value: Floats, low: Floats, high: Floats) -> Floats:
    return np.maximum(np.maximum(low - value, value - high), 0.0)


def _rounded(figures: Floats, decimals: npt.NDArray[np.int8]) -> Floats:
    scale = 10.0 ** np.asarray(decimals, dtype=np.float64)
    return np.round(figures * scale) / scale


def _movements(gain: Floats) -> Codes:
    order = (Movement.BETTER, Movement.SAME, Movement.WORSE)
    with np.errstate(invalid="ignore"):
        found = [gain > 0, gain == 0, gain < 0]
    codes = np.select(found, [MOVEMENTS.index(m) for m in order], default=MOVEMENTS.index(Movement.NOT_JUDGED))
    return codes.astype(np.int8)
