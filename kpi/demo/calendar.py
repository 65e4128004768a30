"""The periods of the demo by grain, as columns. Knows no figure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

import numpy as np

from kpi.demo.tables import YEARS
from kpi.periods import MONTHS, Grain, Period

REPORTED_UNTIL: Final = date(2026, 10, 31)
"""The last day of which there are figures; targets reach to the end of the last year."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """All periods of one grain; arrays with a row per period.

    `year`: place of the period's year in YEARS. `middle`: the period's middle in years since the first January.
    `is_over`: it ended on REPORTED_UNTIL or before.
    """

    grain: Grain
    periods: tuple[Period, ...]
    year: np.ndarray
    middle: np.ndarray
    is_over: np.ndarray

    @property
    def per_year(self) -> int:
        """How many periods a year has."""
        return 12 // MONTHS[self.grain]

    def shares(self, season: np.ndarray) -> np.ndarray:
        """Return each period's share of its year, given the 12 months' (in any scale)."""
        of_one_year = season.reshape(self.per_year, -1).sum(axis=1) / season.sum()
        return np.tile(of_one_year, len(YEARS))


@cache
def calendar(grain: Grain) -> Calendar:
    """Return the calendar of a grain, January 2021 to December 2026."""
    first = Period.containing(date(YEARS[0], 1, 1), grain)
    count = len(YEARS) * 12 // MONTHS[grain]
    periods = tuple(first.shifted(step) for step in range(count))
    return Calendar(
        grain,
        periods,
        year=np.array([period.year - YEARS[0] for period in periods]),
        middle=(np.arange(count) + 0.5) * MONTHS[grain] / 12,
        is_over=np.array([period.end <= REPORTED_UNTIL for period in periods]),
    )
