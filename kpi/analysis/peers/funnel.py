"""Funnel limits for counted rates: which units differ from the whole by more than their size explains. Pure arrays.

Source: Spiegelhalter, "Funnel plots for comparing institutional performance", Statistics in Medicine 24 (2005);
docs/methodology-statistics.md, "Fair comparison", states the forms used.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, assert_never

import numpy as np
import numpy.typing as npt

from kpi.analysis.peers.intervals import Floats, RateKind, interval

Codes = npt.NDArray[np.int8]

INNER, OUTER = 0.95, 0.998
WINSORISED: Final = 0.1
"""Share of the lowest and of the highest z-scores that is pulled in before overdispersion is estimated."""
FEWEST_FOR_DISPERSION: Final = 10
"""With fewer units the winsorised share holds no unit, and overdispersion is not estimated."""
FEWEST_UNITS: Final = 3
NOT_STATED: Final = -1


class Overdispersion(StrEnum):
    """How limits widen when units differ by more than counting explains."""

    NONE = "none"
    MULTIPLICATIVE = "multiplicative"
    ADDITIVE = "additive"


class Position(StrEnum):
    """Where a unit lies: beyond the 99.8 % limits (far), beyond the 95 % limits, or within them."""

    FAR_BELOW = "far_below"
    BELOW = "below"
    WITHIN = "within"
    ABOVE = "above"
    FAR_ABOVE = "far_above"


class FunnelRefusal(StrEnum):
    """Why no funnel can be drawn."""

    TOO_FEW_UNITS = "too_few_units"
    NOT_COUNTS = "not_counts"
    NO_EVENTS = "no_events"


POSITIONS: Final = tuple(Position)


@dataclass(frozen=True, slots=True, eq=False)
class Funnel:
    """The funnel of a set of units. Rates and limits are multiplied, as on screen; arrays per unit, NaN = left out.

    `numerator` and `denominator` stand beside the rate always. `interval_*` is the 95 % interval of the unit's own
    rate. `z` is the distance from the centre after adjustment. `dispersion` is the estimate φ (1 = as counted; NaN =
    not estimated), `is_adjusted` whether it widened the limits. `position` are codes of POSITIONS, −1 = left out.
    """

    kind: RateKind
    overdispersion: Overdispersion
    centre: float
    dispersion: float
    is_adjusted: bool
    between_units: float
    multiplier: float
    numerator: Floats
    denominator: Floats
    rate: Floats
    interval_low: Floats
    interval_high: Floats
    lower_95: Floats
    upper_95: Floats
    lower_998: Floats
    upper_998: Floats
    z: Floats
    position: Codes


def funnel_refusal(numerator: Floats, denominator: Floats, kind: RateKind) -> FunnelRefusal | None:
    """Return why these figures bear no funnel, or None: they must be counts, of three units or more, not all zero.

    Money and weights are no counts: their limits would shrink with the size of the currency.
    """
    known = _known(numerator, denominator)
    count, total = np.asarray(numerator)[known], np.asarray(denominator)[known]
    if known.sum() < FEWEST_UNITS:
        return FunnelRefusal.TOO_FEW_UNITS
    whole = [count, total] if kind is RateKind.PROPORTION else [count]
    if any((figures != np.round(figures)).any() or (figures < 0).any() for figures in whole):
        return FunnelRefusal.NOT_COUNTS
    if kind is RateKind.PROPORTION and (count > total).any():
        return FunnelRefusal.NOT_COUNTS
    return FunnelRefusal.NO_EVENTS if count.sum() == 0 else None


def funnel(
    numerator: Floats,
    denominator: Floats,
    kind: RateKind,
    *,
    multiplier: float = 1.0,
    overdispersion: Overdispersion = Overdispersion.MULTIPLICATIVE,
) -> Funnel:
    """Return the funnel around the rate of all units together (Σ numerator ÷ Σ denominator), a row per unit.

    A unit without numerator or denominator, or with a denominator of zero, is left out (NaN). Raises ValueError when
    `funnel_refusal` names a reason.
    """
    if (refusal := funnel_refusal(numerator, denominator, kind)) is not None:
        raise ValueError(f"These figures bear no funnel: {refusal.value}.")
    known = _known(numerator, denominator)
    count, total = np.where(known, numerator, np.nan), np.where(known, denominator, np.nan)
    centre = float(np.nansum(count) / np.nansum(total))
    spread = _deviation(centre, total, kind)
    naive = (count / total - centre) / spread if spread[known].all() else np.where(known, 0.0, np.nan)
    dispersion = _dispersion(naive[known])
    is_adjusted = overdispersion is not Overdispersion.NONE and _is_overdispersed(dispersion, int(known.sum()))
    form = overdispersion if is_adjusted else Overdispersion.NONE
    between = _between_units(dispersion, spread[known]) if form is Overdispersion.ADDITIVE else 0.0
    inner = limits_at(total, centre, kind, INNER, form, dispersion, between)
    outer = limits_at(total, centre, kind, OUTER, form, dispersion, between)
    low, high = interval(count, total, kind)
    return Funnel(
        kind=kind,
        overdispersion=form,
        centre=centre * multiplier,
        dispersion=dispersion,
        is_adjusted=is_adjusted,
        between_units=between,
        multiplier=multiplier,
        numerator=count,
        denominator=total,
        rate=count / total * multiplier,
        interval_low=low * multiplier,
        interval_high=high * multiplier,
        lower_95=inner[0] * multiplier,
        upper_95=inner[1] * multiplier,
        lower_998=outer[0] * multiplier,
        upper_998=outer[1] * multiplier,
        z=naive / _inflation(spread, form, dispersion, between),
        position=_positions(count / total, inner, outer),
    )


def limits_at(
    denominator: Floats,
    centre: float,
    kind: RateKind,
    level: float,
    form: Overdispersion = Overdispersion.NONE,
    dispersion: float = 1.0,
    between_units: float = 0.0,
) -> tuple[Floats, Floats]:
    """Return the funnel's lower and upper limit at each denominator, not multiplied: for units and for the curves.

    Exact quantiles of the count; their distance from the centre is widened by the overdispersion. A unit beyond a
    limit has a count that chance reaches with less than the tail's probability. Never below 0, nor a proportion
    above 1.
    """
    tail = (1 - level) / 2
    low, high = _quantile(tail, denominator, centre, kind), _quantile(1 - tail, denominator, centre, kind)
    if form is Overdispersion.NONE:  # as they are: a count on the limit must not fall beyond it by rounding
        return low, high
    widening = _inflation(_deviation(centre, denominator, kind), form, dispersion, between_units)
    highest = 1.0 if kind is RateKind.PROPORTION else np.inf
    return np.maximum(centre - (centre - low) * widening, 0.0), np.minimum(centre + (high - centre) * widening, highest)


def _known(numerator: Floats, denominator: Floats) -> npt.NDArray[np.bool_]:
    with np.errstate(invalid="ignore"):
        return ~np.isnan(numerator) & (np.asarray(denominator) > 0)


def _deviation(centre: float, denominator: Floats, kind: RateKind) -> Floats:
    """Return the standard deviation of a rate at `denominator` when its true value is the centre."""
    match kind:
        case RateKind.PROPORTION:
            return np.sqrt(centre * (1 - centre) / denominator)
        case RateKind.RATE:
            return np.sqrt(centre / denominator)
        case _:
            assert_never(kind)


def _quantile(share: float, denominator: Floats, centre: float, kind: RateKind) -> Floats:
    """Return the rate of the least count whose probability, with those below, reaches `share`."""
    from scipy import stats  # loads for a second; pages without a funnel need none of it

    law = stats.binom(denominator, centre) if kind is RateKind.PROPORTION else stats.poisson(denominator * centre)
    return law.ppf(share) / denominator


def _dispersion(z: Floats) -> float:
    """Return φ, the mean square of the winsorised z-scores; NaN with too few units."""
    if len(z) < FEWEST_FOR_DISPERSION:
        return np.nan
    return float((np.clip(z, *np.quantile(z, [WINSORISED, 1 - WINSORISED])) ** 2).mean())


def _is_overdispersed(dispersion: float, units: int) -> bool:
    """Return whether φ lies more than two standard errors above 1: below that, limits stay as counted."""
    return bool(dispersion > 1 + 2 * np.sqrt(2 / units))


def _between_units(dispersion: float, spread: Floats) -> float:
    """Return τ², the variance between units, by the method of moments; 0 when φ leaves none."""
    weight, units = spread**-2.0, len(spread)
    return max(0.0, float((units * dispersion - (units - 1)) / (weight.sum() - (weight**2).sum() / weight.sum())))


def _inflation(spread: Floats, form: Overdispersion, dispersion: float, between: float) -> Floats:
    """Return by how much the distance from the centre widens at each unit."""
    match form:
        case Overdispersion.NONE:
            return np.ones_like(spread)
        case Overdispersion.MULTIPLICATIVE:
            return np.full_like(spread, np.sqrt(dispersion))
        case Overdispersion.ADDITIVE:
            return np.sqrt(1 + between / spread**2)
        case _:
            assert_never(form)


def _positions(rate: Floats, inner: tuple[Floats, Floats], outer: tuple[Floats, Floats]) -> Codes:
    with np.errstate(invalid="ignore"):
        found = [np.isnan(rate), rate < outer[0], rate > outer[1], rate < inner[0], rate > inner[1]]
    order = (Position.FAR_BELOW, Position.FAR_ABOVE, Position.BELOW, Position.ABOVE)
    codes = [NOT_STATED, *(POSITIONS.index(position) for position in order)]
    return np.select(found, codes, default=POSITIONS.index(Position.WITHIN)).astype(np.int8)
