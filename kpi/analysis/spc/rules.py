"""The four rules of special cause variation, one function each. Pure arrays (points, segments); pattern only.

A missing value breaks every pattern: comparisons with NaN are false, so no run passes over a gap.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from kpi.analysis.spc.averages import Flags, Floats
from kpi.analysis.spc.limits import Limits
from kpi.analysis.spc.vocabulary import SPECIAL_CAUSES, SpecialCause

Codes = npt.NDArray[np.int8]

RUN: Final = 7
"""Points that make a trend or a shift."""
_CODE: Final = {cause: np.int8(code) for code, cause in enumerate(SPECIAL_CAUSES)}


@dataclass(frozen=True, slots=True, eq=False)
class Signals:
    """What holds of each point, each rule on its own, before precedence; all bool (points, segments)."""

    above: Flags
    below: Flags
    outside: Flags
    close: Flags
    trend: Flags
    two_in_three: Flags
    shift: Flags


def signals(block: Floats, limits: Limits) -> Signals:
    """Return what each rule says of the points of `block`. Undefined limits leave trend and shift."""
    with np.errstate(invalid="ignore"):
        above, below = block > limits.mean, block < limits.mean
        outside = (block > limits.upper) | (block < limits.lower)
        close = ((block > limits.near_upper) | (block < limits.near_lower)) & ~outside
        rising, falling = block[1:] > block[:-1], block[1:] < block[:-1]
    return Signals(
        above=above,
        below=below,
        outside=outside,
        close=close,
        trend=trend(rising, falling),
        two_in_three=two_in_three(close, above, below),
        shift=shift(above, below),
    )


def trend(rising: Flags, falling: Flags) -> Flags:
    """Return the points of seven that each exceed, or each fall short of, the one before.

    The arguments are the steps between points, so they are one row shorter than the result.
    """
    return _spread(_windows(rising, RUN - 1) | _windows(falling, RUN - 1), RUN, len(rising) + 1)


def shift(above: Flags, below: Flags) -> Flags:
    """Return the points of seven in a row on one side of the mean; a point on the mean is on no side."""
    return _spread(_windows(above, RUN) | _windows(below, RUN), RUN, len(above))


def two_in_three(close: Flags, above: Flags, below: Flags) -> Flags:
    """Return the points in the outer third, of three on one side of which two or more are in the outer third.

    A point beyond the limits is not in the outer third: it helps to stay on one side, but doesn't count.
    """
    one_side = _windows(above, 3) | _windows(below, 3)
    first, second, third = close[:-2], close[1:-1], close[2:]
    two_close = (first & second) | (third & (first | second))
    return _spread(one_side & two_close, 3, len(close)) & close


def special_cause(found: Signals, rising: Flags) -> Codes:
    """Return the one label of each point as codes of SPECIAL_CAUSES: the strongest rule's, int8.

    `rising` are the steps up between points. A point inside a trend takes the direction of the step that follows, the
    last one that of the step before. Where another trend begins at once, the last point of the first takes the step
    between the two: a fault of the reference, kept.
    """
    codes = np.zeros(found.outside.shape, dtype=np.int8)
    _mark(codes, found.shift, found.above, SpecialCause.SHIFT_ABOVE, SpecialCause.SHIFT_BELOW)
    _mark(codes, found.two_in_three, found.above, SpecialCause.TWO_IN_THREE_ABOVE, SpecialCause.TWO_IN_THREE_BELOW)
    if found.trend.any():
        up = np.zeros_like(found.trend)
        up[1:] = rising
        inside = found.trend[:-1] & found.trend[1:]
        np.copyto(up[:-1], rising, where=inside)
        _mark(codes, found.trend, up, SpecialCause.INCREASING, SpecialCause.DECREASING)
    _mark(codes, found.outside, found.above, SpecialCause.ABOVE_LIMIT, SpecialCause.BELOW_LIMIT)
    return codes


def _mark(codes: Codes, where: Flags, is_high: Flags, high: SpecialCause, low: SpecialCause) -> None:
    """Write the label for high or low into `codes` at the points `where`; the codes of a pair are neighbours."""
    np.copyto(codes, _CODE[low] - is_high.view(np.int8) * (_CODE[low] - _CODE[high]), where=where)


def _windows(flags: Flags, length: int) -> Flags:
    """Return for each window of `length` rows whether all its flags are set; empty when there is no such window."""
    result = flags
    covered = 1
    while covered < length:
        step = min(covered, length - covered)
        result = result[:-step] & result[step:]
        covered += step
    return result


def _spread(found: Flags, length: int, rows: int) -> Flags:
    """Return which of `rows` rows lie in a window of `length` that was `found`."""
    result = np.zeros((rows, found.shape[1]), dtype=np.bool_)
    for offset in range(length if len(found) else 0):
        result[offset : offset + len(found)] |= found
    return result
