"""The upper tail of Fisher's F. Pure arrays.

`scipy.special` has it too, but loads longer than all else that the first page imports after Streamlit and pandas.
Source: the incomplete beta function by its continued fraction (Abramowitz & Stegun 26.5.8, 26.6.2).
"""

from __future__ import annotations

from math import lgamma
from typing import Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
STEPS: Final = 500
"""More than any fraction here takes: about the square root of the degrees of freedom, some times over."""
EXACT: Final = 1e-15


def chance_above(ratio: Floats, over: float, under: Floats) -> Floats:
    """Return the chance that a ratio of two variances of one size is above `ratio`; NaN stays NaN.

    `over` and `under` are the degrees of freedom of its upper and lower part, above 0; `ratio` is 0 or more.
    """
    share = np.where(np.isinf(ratio), 0.0, under / (under + over * ratio))
    a, b = under / 2, np.full_like(share, over / 2)
    is_far = share > (a + 1) / (a + b + 2)  # the fraction is short on one side; the other is what is left to 1
    part = _lower(np.where(is_far, 1 - share, share), np.where(is_far, b, a), np.where(is_far, a, b))
    return np.where(is_far, 1 - part, part)


def _lower(x: Floats, a: Floats, b: Floats) -> Floats:
    """Return the regularised incomplete beta function, for x up to (a + 1) / (a + b + 2)."""
    with np.errstate(divide="ignore"):
        power = a * np.log(x) + b * np.log1p(-x)
    return np.exp(power + _log_gamma(a + b) - _log_gamma(a) - _log_gamma(b)) / (a * _fraction(x, a, b))


def _fraction(x: Floats, a: Floats, b: Floats) -> Floats:
    """Return 1 + d1/(1 + d2/(1 + …)), from the top down (Lentz)."""
    value = above = np.ones_like(x)
    below = np.zeros_like(x)
    for step in range(1, STEPS):
        m, is_odd = divmod(step, 2)
        term = -(a + m) * (a + b + m) * x / (a + step) if is_odd else m * (b - m) * x / (a + step)
        term = term / (a + step - 1)
        below = 1 / (1 + term * below)
        above = 1 + term / above
        change = above * below
        value = value * change
        if not (np.abs(change - 1) > EXACT).any():
            break
    return value


def _log_gamma(values: Floats) -> Floats:
    distinct, places = np.unique(values, return_inverse=True)
    return np.array([lgamma(each) for each in distinct.tolist()])[places].reshape(values.shape)
