"""Draws the figures of a series: one small function per shape of series.csv. Knows no file and no store.

Every draw depends on the unit, the indicator and the seed alone, so that the order of the tables changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from zlib import crc32

import numpy as np

from kpi.demo.calendar import Calendar
from kpi.demo.plan import Drawing, Series, sizes
from kpi.demo.tables import YEARS
from kpi.model import Polarity

SEED: Final = 20210101
WIDEST: Final = 2.2
"""Noise is cut at so many standard deviations: common cause, no freaks."""


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """Values of all periods of a calendar, NaN = none; numerator and denominator are NaN where a shape has none."""

    value: np.ndarray
    numerator: np.ndarray
    denominator: np.ndarray

    @classmethod
    def plain(cls, value: np.ndarray) -> Drawn:
        """Return values that have no numerator."""
        none = np.full(len(value), np.nan)
        return cls(value, none, none)

    @classmethod
    def rated(cls, numerator: np.ndarray, denominator: np.ndarray, multiplier: float) -> Drawn:
        """Return the rates that numerator and denominator make."""
        return cls(multiplier * numerator / denominator, numerator, denominator)


def draw(series: Series, drawing: Drawing, over: Calendar) -> Drawn:
    """Return the figures of a series. Raises KeyError for a shape that there isn't."""
    return SHAPES[drawing.shape](series, drawing, over)


def _generator(drawing: Drawing, *key: str) -> np.random.Generator:
    return np.random.default_rng([SEED, crc32("|".join(key).encode()), drawing.variant])


def _own_generator(series: Series, drawing: Drawing) -> np.random.Generator:
    return _generator(drawing, series.unit.unit_code, series.indicator.indicator_code)


def _noise(generator: np.random.Generator, scale: float, size: int) -> np.ndarray:
    return scale * np.clip(generator.standard_normal(size), -WIDEST, WIDEST)


def _advantage(series: Series, drawing: Drawing) -> float:
    """Return how far the unit lies from its siblings' level, in the indicator's unit of measure."""
    sign = -1 if series.indicator.polarity is Polarity.MINIMIZE else 1
    return sign * drawing.spread * drawing.standing


def _possible(series: Series, value: np.ndarray) -> np.ndarray:
    return np.clip(value, series.indicator.lowest_possible, series.indicator.highest_possible)


def _smooth(drawing: Drawing, over: Calendar) -> np.ndarray:
    """Return levels that pass through each year's middle; NaN in a year without one."""
    known = ~np.isnan(drawing.levels)
    middles = np.arange(len(YEARS)) + 0.5
    return np.where(known[over.year], np.interp(over.middle, middles[known], drawing.levels[known]), np.nan)


def _towards_december(drawing: Drawing, over: Calendar) -> np.ndarray:
    """Return levels that reach each year's own at its end."""
    before = 2 * drawing.levels[0] - drawing.levels[1]
    ends = np.arange(len(YEARS) + 1)
    return np.interp(over.middle + 0.5 / over.per_year, ends, [before, *drawing.levels])


def _denominators(generator: np.random.Generator, drawing: Drawing, size: int) -> np.ndarray:
    """Return whole denominators around the stated one; exactly that where the series has no noise."""
    expected = (drawing.denominator or 0) * drawing.share
    varied = expected * (1 + _noise(generator, 0.05 if drawing.noise else 0.0, size))
    return np.maximum(np.round(varied), 1)


def _rate_around(series: Series, drawing: Drawing, level: np.ndarray) -> Drawn:
    generator = _own_generator(series, drawing)
    noise = _noise(generator, drawing.noise, len(level))
    rate = _possible(series, level + _advantage(series, drawing) + noise)
    denominator = _denominators(generator, drawing, len(level))
    numerator = np.round(denominator * rate / series.indicator.multiplier)
    return Drawn.rated(numerator, denominator, series.indicator.multiplier)


def _rate(series: Series, drawing: Drawing, over: Calendar) -> Drawn:
    return _rate_around(series, drawing, _smooth(drawing, over))


def _stepped_rate(series: Series, drawing: Drawing, over: Calendar) -> Drawn:
    return _rate_around(series, drawing, drawing.levels[over.year])


def _level(series: Series, drawing: Drawing, over: Calendar) -> Drawn:
    noise = _noise(_own_generator(series, drawing), drawing.noise, len(over.periods))
    value = _smooth(drawing, over) + _advantage(series, drawing) + noise
    return Drawn.plain(np.round(_possible(series, value), series.indicator.decimals))


def _stock(series: Series, drawing: Drawing, over: Calendar) -> Drawn:
    """Coverage that is built up (or lost) through the year; people grow in number, kilometres of road don't."""
    whole = drawing.denominator or 0
    is_countable = whole == round(whole)
    decimals = 0 if is_countable else 1
    denominator = np.round(whole * (1.008 if is_countable else 1.0) ** over.year, decimals)
    noise = _noise(_own_generator(series, drawing), drawing.noise, len(over.periods))
    rate = _possible(series, _towards_december(drawing, over) + noise)
    numerator = np.round(denominator * rate / series.indicator.multiplier, decimals)
    return Drawn.rated(numerator, denominator, series.indicator.multiplier)


def _cumulative(series: Series, drawing: Drawing, over: Calendar) -> Drawn:
    """Progress from the start of each year, which reaches the year's level in December."""
    generator = _own_generator(series, drawing)
    steps = over.shares(drawing.season) * (1 + 3 * _noise(generator, drawing.noise, len(over.periods)))
    of_year = np.maximum(steps, 0).reshape(len(YEARS), -1)
    reached = (np.cumsum(of_year, axis=1) / of_year.sum(axis=1, keepdims=True)).ravel() * drawing.levels[over.year]
    if drawing.denominator is None:
        return Drawn.plain(np.round(reached, series.indicator.decimals))
    denominator = np.round(drawing.denominator * 1.04**over.year)
    numerator = np.round(denominator * reached / series.indicator.multiplier, 1)
    return Drawn.rated(numerator, denominator, series.indicator.multiplier)


def _count(series: Series, drawing: Drawing, over: Calendar) -> Drawn:
    """Quantities that add up to about the year's level."""
    noise = _noise(_own_generator(series, drawing), drawing.noise, len(over.periods))
    value = drawing.levels[over.year] * drawing.share * over.shares(drawing.season) * (1 + noise)
    return Drawn.plain(np.round(_possible(series, value), series.indicator.decimals))


def _events(series: Series, drawing: Drawing, over: Calendar) -> Drawn:
    """Rare events: Poisson around the year's level."""
    expected = drawing.levels[over.year] * over.shares(drawing.season)
    return Drawn.plain(_own_generator(series, drawing).poisson(expected).astype(np.float64))


def _scattered(series: Series, drawing: Drawing, over: Calendar) -> Drawn:
    """Scatter the total stated for a year (for what is over of it) by chance over siblings and periods."""
    generator = _generator(drawing, series.unit.parent_code or "", series.indicator.indicator_code)
    standing = np.array([sizes()[unit.unit_code] for unit in drawing.siblings])
    of_unit = standing[:, 0] * (1 - drawing.spread * standing[:, 1])
    own = [unit.unit_code for unit in drawing.siblings].index(series.unit.unit_code)
    value = np.full(len(over.periods), np.nan)
    for place, total in enumerate(drawing.levels):
        here = (over.year == place) & over.is_over
        chances = np.outer(of_unit, over.shares(drawing.season)[here])
        drawn = generator.multinomial(round(total), chances.ravel() / chances.sum()).reshape(chances.shape)
        value[here] = drawn[own]
    return Drawn.plain(value)


def _ordinal(_: Series, drawing: Drawing, over: Calendar) -> Drawn:
    return Drawn.plain(drawing.levels[over.year])


SHAPES: Final[dict[str, Callable[[Series, Drawing, Calendar], Drawn]]] = {
    "rate": _rate,
    "stepped_rate": _stepped_rate,
    "level": _level,
    "stock": _stock,
    "cumulative": _cumulative,
    "count": _count,
    "events": _events,
    "scattered": _scattered,
    "ordinal": _ordinal,
}
"""The shapes that series.csv may name."""
