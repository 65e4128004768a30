"""What a page says of a series: did it change, does it meet the target, or why nothing can be said. Pure arrays.

Differs from `xmr` on purpose where the reference is faulty; docs/methodology-statistics.md argues each difference
("Where the verdict differs"), and says from where the numbers come.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, TypeVar

import numpy as np

from kpi.analysis.spc.adaptation import adapted, known_values, varies
from kpi.analysis.spc.assembly import Points, Segments
from kpi.analysis.spc.averages import Flags, Floats
from kpi.analysis.spc.chart import Charts, Directions, assurance, charts, check_fix_after
from kpi.analysis.spc.limits import Limits, moving_range_limits
from kpi.analysis.spc.rules import Codes
from kpi.analysis.spc.segments import Indices
from kpi.analysis.spc.vocabulary import (
    ASSURANCES,
    DIRECTIONS,
    NOT_STATED,
    SPECIAL_CAUSES,
    VARIATIONS,
    AssuranceType,
    Direction,
    SpecialCause,
    VariationType,
)

MIN_POINTS: Final = 12
"""Values that limits must rest on before a page says anything."""


class Refusal(StrEnum):
    """Why there is no verdict, in the order in which the reasons are tried; the last two concern the target alone."""

    NO_VALUE = "no_value"
    ONE_POINT = "one_point"
    TOO_FEW_POINTS = "too_few_points"
    NO_VARIATION = "no_variation"
    NEUTRAL = "neutral"
    NO_TARGET = "no_target"


REFUSALS: Final = tuple(Refusal)
Member = TypeVar("Member")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is said of one series. `variation` and `assurance` are None exactly where their refusal is not.

    `judged_at` is the place of the newest value, from 0; None when the last segment has none. `points` counts the
    values that the limits rest on, `points_needed` what they need ("5 of 12").
    """

    variation: VariationType | None
    special_cause: SpecialCause | None
    variation_refusal: Refusal | None
    assurance: AssuranceType | None
    assurance_refusal: Refusal | None
    judged_at: int | None
    points: int
    points_needed: int
    mean: float
    lower: float
    upper: float


@dataclass(frozen=True, slots=True, eq=False)
class Verdicts:
    """What is said of many series. Codes int8 per series, NOT_STATED where there is no answer.

    `charts` has limits and signals only in segments that bear a verdict; `segment_refusal` (per segment) says why
    the others have none. `is_adapted` marks segments whose limits come from the standard deviation.
    """

    charts: Charts
    segment_refusal: Codes
    is_adapted: Flags
    points: Indices
    judged_at: Indices
    variation: Codes
    special_cause: Codes
    variation_refusal: Codes
    assurance: Codes
    assurance_refusal: Codes

    def of(self, series: int) -> Verdict:
        """Return the verdict on the series in row `series`."""
        return self._verdict(series, self._last_limits())

    def each(self) -> tuple[Verdict, ...]:
        """Return the verdict on every series, in their order."""
        limits = self._last_limits()
        return tuple(self._verdict(series, limits) for series in range(len(self.points)))

    def _verdict(self, series: int, limits: tuple[Floats, Floats, Floats]) -> Verdict:
        mean, lower, upper = (figures[series] for figures in limits)
        place = int(self.judged_at[series])
        return Verdict(
            variation=_member(VARIATIONS, self.variation[series]),
            special_cause=_member(SPECIAL_CAUSES, self.special_cause[series]),
            variation_refusal=_member(REFUSALS, self.variation_refusal[series]),
            assurance=_member(ASSURANCES, self.assurance[series]),
            assurance_refusal=_member(REFUSALS, self.assurance_refusal[series]),
            judged_at=None if place < 0 else place,
            points=int(self.points[series]),
            points_needed=MIN_POINTS,
            mean=float(mean),
            lower=float(lower),
            upper=float(upper),
        )

    def _last_limits(self) -> tuple[Floats, Floats, Floats]:
        """Return mean, lower and upper limit of each series' last segment, NaN where a series has no point."""
        segments = self.charts.segments
        result = np.full((3, len(self.points)), np.nan)
        last = np.flatnonzero(segments.is_last)
        result[:, segments.series[last]] = np.stack([segments.mean, segments.lower, segments.upper])[:, last]
        return result[0], result[1], result[2]


def verdict(
    values: Floats,
    *,
    direction: Directions = Direction.INCREASE,
    target: float | Floats | None = None,
    rebase: Flags | None = None,
    fix_after: int | None = None,
    screen: bool = True,
    lengths: Indices | None = None,
) -> Verdicts:
    """Return what can honestly be said of each series; arguments as in `xmr`, but for the target.

    `target` is one number, one per series, or one per series and point, NaN = none: assurance is judged against the
    current one, that of the series' last line. Absent periods stand in `values` as NaN, so that no run bridges a gap;
    the verdict is on the newest value. Refuses, with a reason, a segment that has no value, one point, fewer than
    MIN_POINTS values or no variation. Limits that mostly equal values make meaningless are adapted: see `adapted`.
    """
    check_fix_after(fix_after)
    values = np.atleast_2d(np.asarray(values, dtype=np.float64))
    ends = np.full(len(values), values.shape[1]) if lengths is None else np.asarray(lengths, dtype=np.intp)
    baselines = _Baselines(fix_after, screen)
    drawn = charts(
        values,
        baselines.limits,
        direction=direction,
        target=None,
        rebase=rebase,
        lengths=ends,
    )
    known = np.concatenate([*baselines.known, np.zeros(0, dtype=np.intp)])
    refusal = _refusals(known, np.concatenate([*baselines.varied, np.zeros(0, dtype=np.bool_)]))
    is_adapted = (refusal == NOT_STATED) & np.isnan(drawn.segments.average_moving_range)
    shown = _only_judged(drawn, refusal == NOT_STATED)
    return _per_series(shown, refusal, is_adapted, known, _current_target(target, ends, values.shape))


class _Baselines:
    """Gives blocks of segments their limits, and notes how many values these rest on and whether they vary."""

    def __init__(self, fix_after: int | None, screen: bool) -> None:
        self._fix_after = fix_after
        self._screen = screen
        self.known: list[Indices] = []
        self.varied: list[Flags] = []

    def limits(self, block: Floats) -> Limits:
        """Return the limits of the next block (points, segments)."""
        baseline = block[: self._fix_after]
        self.known.append(known_values(baseline))
        self.varied.append(varies(baseline))
        return adapted(block, moving_range_limits(block, self._fix_after, self._screen), self._fix_after)


def _refusals(known: Indices, varied: Flags) -> Codes:
    """Return per segment why it has no verdict, or NOT_STATED."""
    codes = np.select(
        [known == 0, known == 1, known < MIN_POINTS, ~varied],
        [
            REFUSALS.index(r)
            for r in (Refusal.NO_VALUE, Refusal.ONE_POINT, Refusal.TOO_FEW_POINTS, Refusal.NO_VARIATION)
        ],
        default=NOT_STATED,
    )
    return codes.astype(np.int8)


def _only_judged(drawn: Charts, is_judged: Flags) -> Charts:
    """Return the charts without limits and signals in segments that bear no verdict; their means stay."""
    if is_judged.all():
        return drawn
    points, segments = drawn.points, drawn.segments
    cells = np.append(is_judged, False)[points.segment]
    flags = ("outside", "close", "trend", "two_in_three", "shift", "special_cause", "variation")
    limits = ("average_moving_range", "lower", "upper", "near_lower", "near_upper")
    counts = ("common_cause", "improvement", "concern")
    shown: Segments = replace(
        segments,
        last_variation=np.where(is_judged, segments.last_variation, np.int8(NOT_STATED)),
        **{name: np.where(is_judged, getattr(segments, name), np.nan) for name in limits},
        **{name: getattr(segments, name) * is_judged for name in counts},
    )
    cleared: Points = replace(points, **{name: getattr(points, name) * cells for name in flags})
    return replace(drawn, points=cleared, segments=shown)


def _current_target(target: float | Floats | None, ends: Indices, shape: tuple[int, int]) -> Floats:
    """Return the target of each series' last line, NaN = none."""
    aims = np.asarray(np.nan if target is None else target, dtype=np.float64)
    if aims.ndim < 2:
        return np.broadcast_to(aims, shape[:1])
    return np.where(ends > 0, np.broadcast_to(aims, shape)[np.arange(shape[0]), ends - 1], np.nan)


def _per_series(shown: Charts, refusal: Codes, is_adapted: Flags, known: Indices, target: Floats) -> Verdicts:
    segments, count = shown.segments, len(shown.values)
    last = np.full(count, -1)
    last[segments.series[segments.is_last]] = np.flatnonzero(segments.is_last)
    why = np.append(refusal, np.int8(REFUSALS.index(Refusal.NO_VALUE)))[last]
    judged_at = _newest_values(shown, last)
    cell = (np.arange(count), judged_at)
    is_judged = why == NOT_STATED
    assured = np.where(is_judged, assurance(segments, shown.direction, target), np.int8(NOT_STATED))
    is_neutral = shown.direction == DIRECTIONS.index(Direction.NEUTRAL)
    no_target = np.where(is_neutral, REFUSALS.index(Refusal.NEUTRAL), REFUSALS.index(Refusal.NO_TARGET))
    return Verdicts(
        charts=replace(shown, assurance=assured),
        segment_refusal=refusal,
        is_adapted=is_adapted,
        points=np.append(known, 0)[last],
        judged_at=judged_at,
        variation=np.where(is_judged, shown.points.variation[cell], np.int8(NOT_STATED)),
        special_cause=np.where(is_judged, shown.points.special_cause[cell], np.int8(NOT_STATED)),
        variation_refusal=why,
        assurance=assured,
        assurance_refusal=np.select([~is_judged, assured == NOT_STATED], [why, no_target], NOT_STATED).astype(np.int8),
    )


def _newest_values(shown: Charts, last: Indices) -> Indices:
    """Return the place of the newest value in each series' last segment, −1 where that has none."""
    is_there = ~np.isnan(shown.values) & (shown.points.segment == last[:, None]) & (last >= 0)[:, None]
    backwards = is_there[:, ::-1].argmax(axis=1)
    return np.where(is_there.any(axis=1), is_there.shape[1] - 1 - backwards, -1)


def _member(members: tuple[Member, ...], code: int) -> Member | None:
    return None if code == NOT_STATED else members[code]
