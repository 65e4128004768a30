"""Can these units be told apart? Groups and a funnel for counted rates, quarters for the rest. Knows no screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import nan
from typing import Final

import numpy as np
import numpy.typing as npt

from kpi.analysis.peers import (
    POSITIONS,
    Funnel,
    FunnelRefusal,
    Position,
    RateKind,
    Spread,
    funnel,
    funnel_refusal,
    groups,
    limits_at,
    rate_kind,
    spread,
)
from kpi.model import Polarity

Floats = npt.NDArray[np.float64]
CURVE_POINTS: Final = 160
INNER: Final = 0.95
OUTER: Final = 0.998


@dataclass(frozen=True, slots=True)
class Counted:
    """What one unit's figure is made of: its value, that of the year before, numerator and denominator (NaN = none)."""

    unit_code: str
    value: float
    before: float = nan
    numerator: float = nan
    denominator: float = nan


@dataclass(frozen=True, slots=True)
class Apart:
    """How one unit stands among the others.

    Of a counted rate: its groups `first_group`..`last_group` (1 = best, None = no better and worse), the 95 % interval
    of its rate and its `position` in the funnel. Of the rest: its quarter now and a year before (1 = best, 0 = none).
    """

    first_group: int | None = None
    last_group: int | None = None
    low: float = nan
    high: float = nan
    position: Position | None = None
    quarter: int = 0
    quarter_before: int = 0


@dataclass(frozen=True, slots=True)
class Limits:
    """The funnel's curves: limits at each of some denominators, as multiplied as the rates."""

    denominator: tuple[float, ...]
    lower_95: tuple[float, ...]
    upper_95: tuple[float, ...]
    lower_998: tuple[float, ...]
    upper_998: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Fair:
    """A fair comparison of units. `middle` is the rate of all together where they are counted, else the median.

    `limits` None = no counted rates; `refusal` says why where there are denominators. `group_count` 0 = no groups.
    `is_adjusted`: the limits are widened, for units differ by more than counting explains.
    """

    units: dict[str, Apart]
    middle: float
    limits: Limits | None = None
    refusal: FunnelRefusal | None = None
    group_count: int = 0
    is_adjusted: bool = False

    @property
    def is_of_rates(self) -> bool:
        """Whether the units have counted rates, with limits."""
        return self.limits is not None


def fair_comparison(units: Sequence[Counted], polarity: Polarity | None, multiplier: float) -> Fair:
    """Return how units can be told apart: by their counts where all have a denominator, else by quarters alone."""
    numerator = np.array([unit.numerator for unit in units], dtype=np.float64)
    denominator = np.array([unit.denominator for unit in units], dtype=np.float64)
    has_counts = len(units) > 0 and not np.isnan(numerator).any() and bool((denominator > 0).all())
    if not has_counts:
        return _by_quarters(units, polarity, None)
    kind = rate_kind(numerator, denominator, multiplier)
    refusal = funnel_refusal(numerator, denominator, kind)
    if refusal is not None:
        return _by_quarters(units, polarity, refusal)
    return _by_counts(units, numerator, denominator, kind, polarity, multiplier)


def _by_counts(
    units: Sequence[Counted],
    numerator: Floats,
    denominator: Floats,
    kind: RateKind,
    polarity: Polarity | None,
    multiplier: float,
) -> Fair:
    found = funnel(numerator, denominator, kind, multiplier=multiplier)
    has_order = polarity in (Polarity.MAXIMIZE, Polarity.MINIMIZE)
    grouped = groups(numerator, denominator, kind, polarity or Polarity.NEUTRAL)
    apart = {
        unit.unit_code: Apart(
            first_group=int(grouped.first[at]) if has_order else None,
            last_group=int(grouped.last[at]) if has_order else None,
            low=float(found.interval_low[at]),
            high=float(found.interval_high[at]),
            position=POSITIONS[int(found.position[at])],
        )
        for at, unit in enumerate(units)
    }
    count = grouped.count if has_order else 0
    return Fair(apart, found.centre, _curves(found), None, count, found.is_adjusted)


def _curves(found: Funnel) -> Limits:
    total = found.denominator
    sizes = np.unique(np.round(np.geomspace(max(total.min(), 1.0), total.max(), CURVE_POINTS)))
    centre = found.centre / found.multiplier
    form = (found.overdispersion, found.dispersion, found.between_units)
    inner = limits_at(sizes, centre, found.kind, INNER, *form)
    outer = limits_at(sizes, centre, found.kind, OUTER, *form)
    lines = [tuple(float(limit) * found.multiplier for limit in line) for line in (*inner, *outer)]
    return Limits(tuple(float(size) for size in sizes), *lines)


def _by_quarters(units: Sequence[Counted], polarity: Polarity | None, refusal: FunnelRefusal | None) -> Fair:
    values = np.array([unit.value for unit in units], dtype=np.float64)
    before = np.array([unit.before for unit in units], dtype=np.float64)
    found: Spread = spread(values, polarity or Polarity.NEUTRAL, before)
    apart = {
        unit.unit_code: Apart(quarter=int(found.quarter[at]), quarter_before=int(found.quarter_before[at]))
        for at, unit in enumerate(units)
    }
    return Fair(apart, found.median, refusal=refusal)
