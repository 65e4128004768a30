"""Which rule to believe, and how wide its error is once the choosing itself is counted. Pure.

Source: docs/methodology-statistics.md, "Projection".
"""

from __future__ import annotations

from typing import Final

import numpy as np

from kpi.analysis.projection.backtest import Backtest
from kpi.analysis.projection.candidates import NAIVE, Method

BETTER_BY: Final = 0.95
"""A rule is taken over the naive ones only if its error is at most this share of theirs: less is luck."""


def better_naive(tested: Backtest) -> Method:
    """Return the naive rule with the smaller error over the origins at which both could be used."""
    mine, theirs = tested.compared(Method.SEASONAL_NAIVE, Method.LAST_VALUE)
    return Method.SEASONAL_NAIVE if mine < theirs else Method.LAST_VALUE


def chosen(tested: Backtest) -> Method:
    """Return the rule with the least error relative to the naive one's; the naive one unless clearly beaten.

    A rule that could not be tested as far ahead as is needed is not believed: trends run away.
    """
    naive = better_naive(tested)
    shares: dict[Method, float] = {}
    for method in tested.errors if tested.stretch == 1 else ():
        mine, theirs = tested.compared(method, naive)
        if method not in NAIVE and theirs > 0 and mine <= BETTER_BY * theirs:
            shares[method] = mine / theirs
    return min(shares, key=lambda method: shares[method], default=naive)


def spread(tested: Backtest) -> tuple[float, int]:
    """Return the root mean square error of choosing and foretelling together, stretched, and its number of origins.

    At each origin the rule is chosen anew by what was known then. The error of the rule that won in the end would be
    flattered by having won. NaN and 0 without any origin.
    """
    errors = [_error_at(tested, place) for place in range(len(tested.errors[Method.LAST_VALUE]))]
    known = np.array([error for error in errors if not np.isnan(error)])
    if len(known) == 0:
        return np.nan, 0
    return float(np.sqrt((known**2).mean()) * tested.stretch), len(known)


def _error_at(tested: Backtest, place: int) -> float:
    error = tested.errors[chosen(tested.before(place))][place]
    return float(tested.errors[Method.LAST_VALUE][place] if np.isnan(error) else error)
