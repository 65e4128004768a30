"""The series that a file continues: its own figures, and what the record knew before them. Judges nothing in words.

Limits of common variation are those of the control charts (`kpi.analysis.spc`), from the figures before the file's
first period. Series that repeat with the seasons, or begin anew each year, have none: a plain limit would mislead.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final  # Any: what pandas takes as an index

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from kpi.access import Access, AllowedSnapshot, open_allowed
from kpi.analysis import spc
from kpi.analysis.season import are_seasonal
from kpi.errors import StoreError
from kpi.intake.figures import Figures
from kpi.periods import GRAINS, MONTHS, Grain, add_months
from kpi.views.control import begin_anew

_FEWEST: Final = 3
"""Periods that a series must have before a 0 in it is doubted."""
_LOOKED_AT: Final = 36
"""Periods before a file's first that are looked at."""
_WORKED_AT: Final = 20_000
"""Series whose limits are computed at once."""
Months = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Series:
    """Which rows of a file belong to one series: `key` (−1: none) joins unit, indicator and grain."""

    figures: Figures
    key: NDArray[np.int64]
    grain: NDArray[np.int64]

    @classmethod
    def of(cls, figures: Figures) -> Series:
        """Return the series of the rows that have a unit, an indicator, a period and a value."""
        rows = figures.rows
        grains = np.array([GRAINS.index(period.grain) for period in rows.period.distinct], dtype=np.int64)
        grain = rows.period.spread(grains, otherwise=-1).astype(np.int64)
        whole = rows.unit.is_stated & rows.indicator.is_stated & (grain >= 0) & ~np.isnan(figures.value)
        pair = rows.unit.codes.astype(np.int64) * (len(rows.indicator.distinct) + 1) + rows.indicator.codes
        return cls(figures, np.where(whole, pair * len(GRAINS) + grain, -1), grain)

    def lone_zeros(self, known: KnownSeries | None) -> NDArray[np.bool_]:
        """Return the rows that are 0 in a month, quarter or semester while most of the periods beside them are not."""
        is_zero = (self.key >= 0) & (self.figures.value == 0.0) & (self.grain != GRAINS.index(Grain.YEAR))
        if not is_zero.any():
            return is_zero
        touched = pd.unique(self.key[is_zero])
        among = np.flatnonzero(np.isin(self.key, touched))
        place = _found_in(touched, self.key[among])
        count = np.bincount(place, minlength=len(touched)).astype(np.float64)
        zeros = np.bincount(place[is_zero[among]], minlength=len(touched)).astype(np.float64)
        if known is not None:
            for history in known.histories(self, touched):
                at = _found_in(touched, history.keys)
                count[at] += np.count_nonzero(~np.isnan(history.table), axis=1)
                zeros[at] += np.count_nonzero(history.table == 0.0, axis=1)
        is_lone = (count >= _FEWEST) & (zeros * 2 < count)
        is_zero[among] &= is_lone[place]
        return is_zero


@dataclass(frozen=True, slots=True)
class History:
    """What was known of series of one grain: `table` (series, periods), oldest first, NaN = missing."""

    keys: NDArray[np.int64]
    table: NDArray[np.float64]
    first: date
    grain: Grain

    def limits(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return the lower and upper limit of each series, NaN where there is none to be trusted."""
        ends = [self._limits(self.table[start : start + _WORKED_AT]) for start in range(0, len(self.keys), _WORKED_AT)]
        return np.concatenate([low for low, _ in ends]), np.concatenate([high for _, high in ends])

    def _limits(self, values: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        segments = spc.verdict(values).charts.segments
        low, high = segments.lower.copy(), segments.upper.copy()
        unfit = self._unfit(values)
        low[unfit], high[unfit] = np.nan, np.nan
        return low, high

    def _unfit(self, values: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Return which series repeat with the seasons, or fall back each time a year begins."""
        per_year = 12 // MONTHS[self.grain]
        if per_year == 1:
            return np.zeros(len(values), dtype=np.bool_)
        before = (self.first.month - 1) // MONTHS[self.grain]
        width = -(-(before + values.shape[1]) // per_year) * per_year
        laid_out = np.full((len(values), width), np.nan)
        laid_out[:, before : before + values.shape[1]] = values
        tables = laid_out.reshape(len(values), -1, per_year)
        years = np.arange(width) // per_year
        with np.errstate(invalid="ignore"):
            return are_seasonal(tables) | begin_anew(laid_out, years)


class KnownSeries:
    """What the current snapshot tells one access of an organisation's series; asked by grain, when first needed."""

    def __init__(self, snapshot: AllowedSnapshot, organisation_code: str) -> None:
        self._snapshot = snapshot
        self._organisation_code = organisation_code

    @classmethod
    def of(cls, store: Path, access: Access, organisation_code: str) -> KnownSeries | None:
        """Return what `access` may know; None where nothing was ever published."""
        try:
            snapshot = open_allowed(store, access)
            known = [organisation.organisation_code for organisation in snapshot.organisations()]
        except StoreError:
            return None
        return cls(snapshot, organisation_code) if organisation_code in known else None

    def limits_for(self, series: Series) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return for each row of the file the limits of its series, NaN where there are none."""
        low, high = np.full(len(series.key), np.nan), np.full(len(series.key), np.nan)
        for history in self.histories(series, pd.unique(series.key[series.key >= 0])):
            lows, highs = history.limits()
            place = _found_in(history.keys, series.key)
            found = place >= 0
            low[found], high[found] = lows[place[found]], highs[place[found]]
        return low, high

    def histories(self, series: Series, keys: NDArray[np.int64]) -> list[History]:
        """Return what is known of these series before the file's first period of their grain."""
        found = [self._history(series, keys, grain) for grain in range(len(GRAINS))]
        return [history for history in found if history is not None]

    def _history(self, series: Series, keys: NDArray[np.int64], grain_place: int) -> History | None:
        rows, grain = series.figures.rows, GRAINS[grain_place]
        own = keys[keys % len(GRAINS) == grain_place]
        starts = [period.start for period in rows.period.distinct if period.grain is grain]
        if not len(own) or not starts:
            return None
        width = len(rows.indicator.distinct) + 1
        units = np.unique(own // len(GRAINS) // width)
        indicators = np.unique(own // len(GRAINS) % width)
        first = add_months(min(starts), -_LOOKED_AT * MONTHS[grain])
        facts = self._snapshot.facts_arrow(
            self._organisation_code,
            unit_codes=[rows.unit.distinct[place] for place in units.tolist()],
            indicator_codes=[rows.indicator.distinct[place] for place in indicators.tolist()],
            grain=grain,
            first=first,
            last=min(starts),
        )
        if not len(facts):
            return None
        unit = _places(facts["unit_code"], rows.unit.distinct)
        indicator = _places(facts["indicator_code"], rows.indicator.distinct)
        place = _found_in(own, (unit * width + indicator) * len(GRAINS) + grain_place)
        column = _months_between(first, facts["period_start"]) // MONTHS[grain]
        value = facts["value"].to_numpy().astype(np.float64)
        value[facts["is_partial_sum"].fill_null(False).to_numpy()] = np.nan
        kept = (place >= 0) & (column >= 0) & (column < _LOOKED_AT)
        values = np.full((len(own), _LOOKED_AT), np.nan)
        values[place[kept], column[kept]] = value[kept]
        has_any = ~np.isnan(values).all(axis=1)
        return History(own[has_any], values[has_any], first, grain) if has_any.any() else None


def _places(column: pa.ChunkedArray, distinct: Sequence[str]) -> NDArray[np.int64]:
    """Return where each text of a column stands among `distinct`."""
    return _found_in(list(distinct), column.to_pandas()).astype(np.int64)


def _months_between(first: date, days: pa.ChunkedArray) -> Months:
    """Return how many months after `first` each day's month lies."""
    months = days.to_numpy().astype("datetime64[M]").astype(np.int64)
    return months - (first.year - 1970) * 12 - (first.month - 1)


def _found_in(known: Any, wanted: Any) -> NDArray[np.int64]:
    """Return where each of `wanted` stands in `known`, −1 where it doesn't."""
    return pd.Index(known).get_indexer(pd.Index(wanted)).astype(np.int64)
