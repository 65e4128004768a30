"""The rules that may extend a series: two naive ones and two that must beat them. Pure; statsmodels is loaded late.

Each takes a series without gaps, and gives the figures of the next periods.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import TYPE_CHECKING, Final, TypeAlias, cast

import numpy as np

from kpi.analysis.projection.grid import Floats

if TYPE_CHECKING:
    from statsmodels.tsa.exponential_smoothing.ets import ETSModel, ETSResults

TREND_YEARS, TREND_LEAST = 3, 10
"""A trend is drawn through the last three years, and at least ten periods: older figures tell of another time."""
SMOOTHING_LEAST: Final = 24
"""Exponential smoothing needs as many figures to learn from."""

Rule: TypeAlias = Callable[[Floats, int, int], Floats | None]
"""(series, periods ahead, periods per year) → figures, or None where the series is too short for the rule."""


class Method(StrEnum):
    """How a projection was made."""

    KNOWN = "known"
    LAST_VALUE = "last_value"
    SEASONAL_NAIVE = "seasonal_naive"
    THEIL_SEN = "theil_sen"
    ETS = "ets"


NAIVE: Final = (Method.LAST_VALUE, Method.SEASONAL_NAIVE)


def last_value(series: Floats, ahead: int, per_year: int) -> Floats:  # noqa: ARG001 (every rule has this form)
    """Return the newest figure again and again."""
    return np.full(ahead, series[-1])


def seasonal_naive(series: Floats, ahead: int, per_year: int) -> Floats | None:
    """Return the figures of a year before; needs two whole years of periods shorter than a year."""
    if per_year == 1 or len(series) < 2 * per_year:
        return None
    return series[len(series) - per_year + np.arange(ahead) % per_year]


def theil_sen(series: Floats, ahead: int, per_year: int) -> Floats:
    """Return the straight line of the median slope (Theil 1950, Sen 1968) through the last three years."""
    from scipy import stats  # loads for a second; pages without projections need none of it

    recent = series[-max(TREND_YEARS * per_year, TREND_LEAST) :]
    line = np.asarray(stats.theilslopes(recent, np.arange(len(recent)), method="joint"), dtype=np.float64)
    slope, intercept = line[0], line[1]
    return intercept + slope * (len(recent) + np.arange(ahead))


SIMPLE_RULES: Final[dict[Method, Rule]] = {
    Method.LAST_VALUE: last_value,
    Method.SEASONAL_NAIVE: seasonal_naive,
    Method.THEIL_SEN: theil_sen,
}


def smoothed_from(series: Floats, origins: list[int], ahead: int, per_year: int) -> Floats:
    """Return the forecasts of damped-trend exponential smoothing from each origin (origins, ahead).

    Its parameters are learnt once, from the figures before the first origin, so that no forecast has seen what it
    foretells; each origin then smooths on to its own past. Origins are numbers of figures known.
    """
    with _quiet():
        learnt = cast(
            "ETSResults", _model(series[: origins[0]], per_year).fit(disp=False)
        )  # its hint names all its forms
        states = cast("ETSResults", _model(series, per_year, learnt).smooth(learnt.params))
        return np.stack([_ahead(states, origin, ahead, per_year) for origin in origins])


def smoothed(series: Floats, ahead: int, per_year: int) -> Floats:
    """Return the forecast of damped-trend exponential smoothing, learnt from the whole series."""
    with _quiet():
        learnt = cast("ETSResults", _model(series, per_year).fit(disp=False))
        return np.asarray(learnt.forecast(ahead), dtype=np.float64)


def _model(series: Floats, per_year: int, learnt: ETSResults | None = None) -> ETSModel:
    """Return the smoothing model: additive errors, damped trend, and a season where two whole years can show one."""
    from statsmodels.tsa.exponential_smoothing.ets import ETSModel  # loads for seconds; most calls need none of it

    is_seasonal = per_year > 1 if learnt is None else len(learnt.initial_state) > 2
    level, slope, season = (None, None, None) if learnt is None else _beginning(learnt)
    return ETSModel(
        series,
        trend="add",
        damped_trend=True,
        seasonal="add" if is_seasonal else None,
        seasonal_periods=per_year if is_seasonal else None,
        initialization_method="heuristic" if learnt is None else "known",
        initial_level=level,
        initial_trend=slope,
        initial_seasonal=season if is_seasonal else None,
    )


def _beginning(learnt: ETSResults) -> tuple[float, float, Floats]:
    state = np.asarray(learnt.initial_state, dtype=np.float64)
    return float(state[0]), float(state[1]), state[2:]


def _ahead(states: ETSResults, origin: int, ahead: int, per_year: int) -> Floats:
    """Return the forecast that the smoothed states give when `origin` figures are known."""
    steps = np.arange(1, ahead + 1)
    damping = states.params[states.model.param_names.index("damping_trend")]
    path = np.asarray(states.states)
    forecast = path[origin - 1, 0] + path[origin - 1, 1] * np.cumsum(damping**steps)
    return forecast if path.shape[1] == 2 else forecast + path[origin - per_year + (steps - 1) % per_year, 2]


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep statsmodels' remarks on convergence from the reader: the backtest judges what came of it."""
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        yield
