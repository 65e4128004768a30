"""Cuts series into the segments that a re-base makes, and brings results back to points. Pure arrays.

A segment is a column of a block of its own, so that limits and rules know nothing of re-basing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kpi.analysis.spc.averages import Flags, Floats

Indices = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class Cut:
    """Where each segment lies: its series, first point, number of points and group number; in order of series and time.

    A group number counts the re-bases so far: the first segment is 0, or 1 where the first point itself re-bases.
    """

    series: Indices
    start: Indices
    points: Indices
    group: Indices

    def is_whole(self, shape: tuple[int, int]) -> bool:
        """Return whether every one of the `shape` = (series, points) is one segment of full length."""
        return len(self.series) == shape[0] and bool((self.points == shape[1]).all())

    def columns(self, values: Floats, first: int, last: int) -> Floats:
        """Return the segments `first`..`last` of `values` (series, points) as columns, NaN below their ends."""
        if self.is_whole(values.shape):
            return np.ascontiguousarray(values[first:last].T)
        rows = np.arange(self.points[first:last].max(initial=0))[:, None]
        inside = rows < self.points[first:last]
        at = np.minimum(rows + self.start[first:last], values.shape[1] - 1)
        return np.where(inside, values[self.series[first:last], at], np.nan)


def cut(lengths: Indices, rebase: Flags | None) -> Cut:
    """Return the segments of series of `lengths` points; `rebase` (series, points) is set where limits start anew."""
    numbers = np.arange(len(lengths))
    if rebase is None:
        used = numbers[lengths > 0]
        return Cut(used, np.zeros_like(used), lengths[used], np.zeros_like(used))
    inside = np.arange(rebase.shape[1]) < lengths[:, None]
    begins = rebase & inside
    begins[:, :1] = inside[:, :1]
    series, start = np.nonzero(begins)
    ends = np.append(start[1:], 0)
    ends[np.append(series[1:] != series[:-1], True)] = 0
    points = np.where(ends > 0, ends, lengths[series]) - start
    first_of_series = np.searchsorted(series, series)
    starts_anew = rebase[series[first_of_series], 0] if len(series) else np.zeros(0, dtype=np.bool_)
    return Cut(series, start, points, np.arange(len(series)) - first_of_series + starts_anew)
