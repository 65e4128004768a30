"""Intervals of one counted rate: Wilson for a proportion, exact (Garwood) for a rate of events. Pure arrays.

Source: docs/methodology-statistics.md, "Fair comparison".
"""

from __future__ import annotations

from enum import StrEnum
from typing import assert_never

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

PER_CENT_OR_PLAIN = (1.0, 100.0)


class RateKind(StrEnum):
    """What a numerator counts: members of the denominator (binomial), or events in an exposure (Poisson)."""

    PROPORTION = "proportion"
    RATE = "rate"


def rate_kind(numerator: Floats, denominator: Floats, multiplier: float) -> RateKind:
    """Return the kind that figures suggest when nobody says: a share is at most 1 and given plain or in percent.

    Deaths per 100,000 are a rate though never above 1: for rare events the two kinds hardly differ.
    """
    with np.errstate(invalid="ignore"):
        is_share = not (np.asarray(numerator) > np.asarray(denominator)).any()
    return RateKind.PROPORTION if is_share and multiplier in PER_CENT_OR_PLAIN else RateKind.RATE


def wilson(numerator: Floats, denominator: Floats, level: float = 0.95) -> tuple[Floats, Floats]:
    """Return the lower and upper ends of Wilson's score interval of a proportion, within 0..1; NaN for 0 of 0.

    Source: Wilson 1927, without continuity correction.
    """
    from scipy import special  # loads for long; pages without a comparison need none of it

    z = special.ndtri((1 + level) / 2)
    count, total = np.asarray(numerator, dtype=np.float64), np.asarray(denominator, dtype=np.float64)
    with np.errstate(invalid="ignore", divide="ignore"):
        share = count / total
        middle = (share + z**2 / (2 * total)) / (1 + z**2 / total)
        half = z / (1 + z**2 / total) * np.sqrt(share * (1 - share) / total + z**2 / (4 * total**2))
    # at 0 and at 1 the end is exact, which rounding would miss by a hair
    return np.where(count == 0, middle * 0, middle - half), np.where(count == total, middle * 0 + 1, middle + half)


def garwood(events: Floats, exposure: Floats, level: float = 0.95) -> tuple[Floats, Floats]:
    """Return the ends of the exact interval of a Poisson rate per unit of `exposure`; NaN without exposure.

    Source: Garwood 1936, through quantiles of the gamma law: half of chi-square's.
    """
    from scipy import special  # as above

    count = np.asarray(events, dtype=np.float64)
    over = np.where(np.asarray(exposure) > 0, exposure, np.nan)
    low = np.where(count == 0, 0.0, special.gammaincinv(count, (1 - level) / 2))
    return low / over, special.gammaincinv(count + 1, (1 + level) / 2) / over


def interval(numerator: Floats, denominator: Floats, kind: RateKind, level: float = 0.95) -> tuple[Floats, Floats]:
    """Return the interval that fits the kind; in shares or events per unit of exposure, not multiplied."""
    match kind:
        case RateKind.PROPORTION:
            return wilson(numerator, denominator, level)
        case RateKind.RATE:
            return garwood(numerator, denominator, level)
        case _:
            assert_never(kind)
