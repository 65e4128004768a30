"""The answers of a chart, and how those of blocks of segments come to lie in one place per series and point."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from kpi.analysis.spc.averages import Flags, Floats
from kpi.analysis.spc.limits import Limits
from kpi.analysis.spc.rules import Codes, Signals
from kpi.analysis.spc.segments import Cut, Indices
from kpi.analysis.spc.vocabulary import VARIATIONS, VariationType

SHORT_GROUP: Final = 13
"""A segment with fewer lines than this has trial limits, which move with each further point."""
_LIMITS: Final = ("mean", "average_moving_range", "lower", "upper", "near_lower", "near_upper")
_SIGNALS: Final = ("above", "below", "outside", "close", "trend", "two_in_three", "shift")
_COUNTED: Final = {
    "common_cause": VARIATIONS.index(VariationType.COMMON_CAUSE),
    "improvement": VARIATIONS.index(VariationType.IMPROVEMENT),
    "concern": VARIATIONS.index(VariationType.CONCERN),
}


@dataclass(frozen=True, slots=True, eq=False)
class Points:
    """One cell per series and point, all (series, points); cells past a series' end are False, 0 and NaN.

    `group` int16 numbers the segments; `segment` int32 is the row in `Segments` (−1 past the end). `special_cause` and
    `variation` are int8 codes of SPECIAL_CAUSES and VARIATIONS. A missing value is common cause, as in the reference.
    """

    segment: npt.NDArray[np.int32]
    moving_range: Floats
    above: Flags
    below: Flags
    outside: Flags
    close: Flags
    trend: Flags
    two_in_three: Flags
    shift: Flags
    special_cause: Codes
    variation: Codes


@dataclass(frozen=True, slots=True, eq=False)
class Segments:
    """One entry per segment, in order of series and time. `points` counts lines, missing values included.

    `common_cause`, `improvement`, `concern` count points; `last_variation` is the code of the last line.
    """

    series: Indices
    group: Indices
    start: Indices
    points: Indices
    mean: Floats
    average_moving_range: Floats
    lower: Floats
    upper: Floats
    near_lower: Floats
    near_upper: Floats
    common_cause: Indices
    improvement: Indices
    concern: Indices
    last_variation: Codes

    @property
    def is_short(self) -> Flags:
        """Whether the segment has trial limits only."""
        return self.points < SHORT_GROUP

    @property
    def is_last(self) -> Flags:
        """Whether the segment is its series' last."""
        return np.append(self.series[1:] != self.series[:-1], np.ones(len(self.series[:1]), dtype=np.bool_))


class Assembly:
    """Takes the answers of blocks of segments, in order, and holds them per point and per segment."""

    def __init__(self, shape: tuple[int, int], at: Cut) -> None:
        self._at = at
        self._is_whole = at.is_whole(shape)
        self.points = _empty_points(shape, self._segment_of_points(shape))
        self.segments = _empty_segments(at)

    def put(self, first: int, limits: Limits, found: Signals, causes: Codes, variations: Codes) -> None:
        """Put the answers of the segments from number `first` on; arrays are (points, segments) of the block."""
        columns = slice(first, first + causes.shape[1])
        blocks = {name: getattr(found, name) for name in _SIGNALS}
        self._put_points(
            columns,
            {"moving_range": limits.moving_range, "special_cause": causes, "variation": variations, **blocks},
        )
        for name in _LIMITS:
            getattr(self.segments, name)[columns] = getattr(limits, name)
        lines = self._at.points[columns]
        for name, code in _COUNTED.items():
            getattr(self.segments, name)[columns] = np.count_nonzero(variations == code, axis=0)
        # cells below a short segment's end are common cause and no line
        self.segments.common_cause[columns] -= len(causes) - lines
        self.segments.last_variation[columns] = variations[lines - 1, np.arange(len(lines))]

    def _put_points(self, columns: slice, blocks: dict[str, Floats | Flags | Codes]) -> None:
        if self._is_whole:
            for name, block in blocks.items():
                getattr(self.points, name).T[:, columns] = block
            return
        lines, start, series = self._at.points[columns], self._at.start[columns], self._at.series[columns]
        inside = np.arange(len(blocks["variation"]))[:, None] < lines
        row, segment = np.nonzero(inside)
        row += start[segment]
        column = series[segment]
        for name, block in blocks.items():
            getattr(self.points, name).T[row, column] = block[inside]

    def _segment_of_points(self, shape: tuple[int, int]) -> npt.NDArray[np.int32]:
        numbers = np.arange(len(self._at.series), dtype=np.int32)
        if self._is_whole:
            return np.broadcast_to(numbers[:, None], shape)
        result = np.full(shape, -1, dtype=np.int32)
        within = np.arange(self._at.points.sum()) - np.repeat(
            np.cumsum(self._at.points) - self._at.points, self._at.points
        )
        result[np.repeat(self._at.series, self._at.points), np.repeat(self._at.start, self._at.points) + within] = (
            np.repeat(numbers, self._at.points)
        )
        return result


def _empty_points(shape: tuple[int, int], segment: npt.NDArray[np.int32]) -> Points:
    """Return points without an answer, laid out so that a point of all series is one row of memory, as in blocks."""
    turned = shape[::-1]
    flags = {name: np.zeros(turned, dtype=np.bool_).T for name in _SIGNALS}
    return Points(
        segment=segment,
        moving_range=np.full(turned, np.nan).T,
        special_cause=np.zeros(turned, dtype=np.int8).T,
        variation=np.zeros(turned, dtype=np.int8).T,
        **flags,
    )


def _empty_segments(at: Cut) -> Segments:
    count = len(at.series)
    limits: dict[str, Floats] = {name: np.full(count, np.nan) for name in _LIMITS}
    return Segments(
        series=at.series,
        group=at.group,
        start=at.start,
        points=at.points,
        common_cause=np.zeros(count, dtype=np.intp),
        improvement=np.zeros(count, dtype=np.intp),
        concern=np.zeros(count, dtype=np.intp),
        last_variation=np.zeros(count, dtype=np.int8),
        **limits,
    )
