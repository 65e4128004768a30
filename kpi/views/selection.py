"""What a reader has chosen to see, and the periods that may be chosen. Knows no widget."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pandas as pd

from kpi.access import AllowedSnapshot
from kpi.model import Organisation
from kpi.periods import MONTHS, Grain, Period

FULLEST_OF: Final = 8


@dataclass(frozen=True, slots=True)
class Selection:
    """The choices that every page shares. `to_date` = from the start of the organisation's year to the period's end."""

    organisation_code: str
    period: Period
    to_date: bool
    profile_code: str

    @property
    def year(self) -> int:
        """The organisation's year in which the period lies."""
        return self.period.year


@dataclass(frozen=True, slots=True)
class OfferedPeriods:
    """The periods of an organisation that have values, in order of start, finest grain first; never empty."""

    periods: tuple[Period, ...]
    default: Period

    @property
    def years(self) -> tuple[int, ...]:
        """The years with values, newest first."""
        return tuple(sorted({period.year for period in self.periods}, reverse=True))

    def grains(self, year: int) -> tuple[Grain, ...]:
        """Return the grains that exist in a year, finest first."""
        return tuple(grain for grain in Grain if any(p.grain is grain for p in self.periods if p.year == year))

    def of(self, year: int, grain: Grain) -> tuple[Period, ...]:
        """Return the periods of one grain in a year, oldest first."""
        return tuple(period for period in self.periods if period.year == year and period.grain is grain)

    def nearest(self, year: int, wanted: Period) -> Period:
        """Return the offered period of `year` that is like `wanted`: same grain and number, else the last there is."""
        grains = self.grains(year)
        offered = self.of(year, wanted.grain if wanted.grain in grains else grains[0])
        return next((period for period in offered if period.number == wanted.number), offered[-1])

    def last_until(self, wanted: Period, grain: Grain) -> Period:
        """Return the period of `grain` in the year of `wanted` that ends with it or before, else the first there is."""
        offered = self.of(wanted.year, grain)
        return next((period for period in reversed(offered) if period.end <= wanted.end), offered[0])

    def parse(self, code: str | None) -> Period:
        """Return the offered period with this code, else the default: what comes from a URL may be anything."""
        return next((period for period in self.periods if period.code == code), self.default)


def offered_periods(snapshot: AllowedSnapshot, organisation: Organisation) -> OfferedPeriods | None:
    """Return the periods with values, or None where the organisation has no value at all.

    The default is a quarter where quarters exist, else a period of the finest grain: the newest one that is finished
    and for which at least half as many values came in as for the fullest of the last eight (a month for which one unit
    in a hundred has reported yet is no place to start).
    """
    frame = snapshot.periods(organisation.organisation_code)
    frame = frame[frame["value_count"] > 0]
    if frame.empty:
        return None
    named = zip(pd.to_datetime(frame["period_start"]), frame["grain"], strict=True)
    periods = tuple(Period.beginning(start.date(), Grain(grain), organisation.year_starts_in) for start, grain in named)
    counts = dict(zip(periods, frame["value_count"].astype(int), strict=True))
    finished = {p: counts[p] for p, is_so in zip(periods, frame["is_finished"], strict=True) if is_so}
    return OfferedPeriods(tuple(sorted(periods, key=_order)), _default(finished or counts))


def _default(counts: dict[Period, int]) -> Period:
    finest = min(counts, key=lambda period: MONTHS[period.grain]).grain
    grain = Grain.QUARTER if any(period.grain is Grain.QUARTER for period in counts) else finest
    last = sorted((p for p in counts if p.grain is grain), key=lambda p: p.start, reverse=True)[:FULLEST_OF]
    fullest = max(counts[period] for period in last)
    return next(period for period in last if 2 * counts[period] >= fullest)


def _order(period: Period) -> tuple[object, ...]:
    return period.start, MONTHS[period.grain]
