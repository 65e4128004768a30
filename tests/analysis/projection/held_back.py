"""Year-ends held back from real series: what was known some months before, and what came. For the coverage tests."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from kpi.analysis.projection import Aggregation, Projection, project

MTA_TOTALS = ("Ridership", "Traffic", "Usage")
FIRST_MONTH = 1970 * 12


@dataclass(frozen=True)
class Source:
    """A data set, and the month (0 = January) in which its years end.

    TEPPA has one December only, so that months from August 2013 on stand in for a second year-end.
    """

    name: str
    folder: str
    last_months: tuple[int, ...]

    def aggregation(self, indicator_name: str) -> Aggregation:
        """TEPPA reports percentages to date, NHS counts, MTA totals and rates."""
        if self.name == "TEPPA":
            return Aggregation.LAST
        is_total = self.name == "NHS" or any(word in indicator_name for word in MTA_TOTALS)
        return Aggregation.SUM if is_total else Aggregation.MEAN


SOURCES = (
    Source("MTA", "mta-kinerja-bulanan-2008-2018", (11,)),
    Source("NHS", "nhs-ae-bulanan-2016-2019", (2,)),
    Source("TEPPA", "teppa-pengadaan-bulanan-2012-2013", (11, 7, 8, 9)),
)


@dataclass(frozen=True)
class Monthly:
    """A series on all its months, NaN = missing, from month number `first` on."""

    name: str
    first: int
    figures: np.ndarray


def monthly_series(shared: Path, source: Source) -> list[Monthly]:
    frame = pd.read_csv(shared / "data" / "real" / source.folder / "data.csv", parse_dates=["period_start"])
    frame["month"] = frame["period_start"].dt.year * 12 + frame["period_start"].dt.month - 1
    result = []
    for _, lines in frame.groupby(["unit_code", "indicator_code"]):
        first = int(lines["month"].min())
        values = np.full(int(lines["month"].max()) - first + 1, np.nan)
        values[lines["month"] - first] = lines["value"]
        result.append(Monthly(lines["indicator_name"].iloc[0], first, values))
    return result


def outcomes(shared: Path, source: Source, how_many: int | None, seed: int) -> pd.DataFrame:
    """Project held-back year-ends of `how_many` series (None: all), one line each.

    Each is 1 to 9 months ahead; of every third a short history of 4 to 29 months is shown, and at most two year-ends of
    a series are taken.
    """
    rng = np.random.default_rng(seed)
    series = monthly_series(shared, source)
    chosen = rng.permutation(len(series))[:how_many]
    rows = [row for place in chosen for row in _of_series(series[place], source, rng)]
    return pd.DataFrame(rows, columns=["source", "points", "ahead", "projection", "actual"])


def _of_series(series: Monthly, source: Source, rng: np.random.Generator) -> Iterator[tuple]:
    ends = [e for e in range(len(series.figures)) if (series.first + e) % 12 in source.last_months]
    for end in rng.permutation(ends)[:2].tolist():
        ahead = int(rng.integers(1, 10))
        newest = end - ahead + 1
        begin = max(0, newest - int(rng.integers(4, 30))) if rng.random() < 1 / 3 else 0
        actual = _actual(series.figures[begin : end + 1], source.aggregation(series.name))
        if newest <= begin or actual is None:
            continue
        projection = _project(series, source, begin, newest, end)
        yield source.name, projection.points, ahead, projection, actual


def _actual(values: np.ndarray, aggregation: Aggregation) -> float | None:
    known = np.flatnonzero(~np.isnan(values))
    year = values[max(known[0], len(values) - 12) :] if len(known) else values[:0]
    if len(year) == 0 or np.isnan(year[-1]):
        return None
    if aggregation is Aggregation.LAST:
        return float(year[-1])
    if np.isnan(year).any():
        return None
    return float(year.sum() if aggregation is Aggregation.SUM else year.mean())


def _project(series: Monthly, source: Source, begin: int, newest: int, end: int) -> Projection:
    months = (np.arange(begin, newest) + series.first - FIRST_MONTH).astype("datetime64[M]")
    return project(
        months.astype("datetime64[D]"),
        series.figures[begin:newest],
        aggregation=source.aggregation(series.name),
        until=np.datetime64(series.first + end - FIRST_MONTH, "M"),
    )
