"""Control charts of a long table: one line a point, one line a segment, columns as the reference names them. Pure.

A thin adapter: it lays the series side by side for `xmr` and turns codes back into words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import pandas as pd

from kpi.analysis.spc.averages import Floats
from kpi.analysis.spc.chart import Charts, xmr
from kpi.analysis.spc.segments import Indices
from kpi.analysis.spc.vocabulary import (
    ASSURANCES,
    NOT_STATED,
    SPECIAL_CAUSES,
    VARIATIONS,
    Direction,
    assurance_icon,
    variation_icon,
)


@dataclass(frozen=True, slots=True)
class Options:
    """How to draw the charts of a table, the same for all its series; re-base dates may be absent from a series."""

    direction: Direction = Direction.INCREASE
    target: float | None = None
    rebase_dates: Sequence[date] = field(default=())
    fix_after: int | None = None
    screen: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class _SideBySide:
    """Series as rows: figures and dates (series, points), how many points each has, and their keys."""

    keys: np.ndarray
    figures: Floats
    dates: np.ndarray
    lengths: Indices


def points_table(frame: pd.DataFrame, options: Options) -> pd.DataFrame:
    """Return one line a point in date order, series in order of first appearance; flags 0 and 1, NaN undefined.

    `frame` needs series_id, date (datetime64) and value (float64, NaN = missing), a date once per series. Columns:
    series_id, date, value, rebase_group, mean, lpl, upl, mr_used, relative_to_mean, outside_limits, close_to_limits,
    rule_trend, rule_two_in_three, rule_shift, special_cause_type, point_type, short_group_warning.
    """
    rows, charts = _charts(frame, options)
    inside = np.arange(rows.figures.shape[1]) < rows.lengths[:, None]
    points, segments = charts.points, charts.segments
    segment = points.segment[inside]
    side = pd.Series(points.above[inside].astype(np.int8) - points.below[inside].astype(np.int8), dtype="Int8")
    return pd.DataFrame(
        {
            "series_id": np.repeat(rows.keys, rows.lengths),
            "date": rows.dates[inside],
            "value": rows.figures[inside],
            "rebase_group": segments.group[segment],
            "mean": segments.mean[segment],
            "lpl": segments.lower[segment],
            "upl": segments.upper[segment],
            "mr_used": points.moving_range[inside],
            "relative_to_mean": side.mask(np.isnan(rows.figures[inside])),
            "outside_limits": points.outside[inside].astype(np.int8),
            "close_to_limits": points.close[inside].astype(np.int8),
            "rule_trend": points.trend[inside].astype(np.int8),
            "rule_two_in_three": points.two_in_three[inside].astype(np.int8),
            "rule_shift": points.shift[inside].astype(np.int8),
            "special_cause_type": _words(SPECIAL_CAUSES)[points.special_cause[inside]],
            "point_type": _words(VARIATIONS)[points.variation[inside]],
            "short_group_warning": segments.is_short[segment].astype(np.int8),
        }
    )


def segments_table(frame: pd.DataFrame, options: Options) -> pd.DataFrame:
    """Return one line a segment; `frame` as in `points_table`. Assurance and icons stand on a series' last segment.

    Columns: series_id, rebase_group, n, mean, average_mr, lpl, upl, near_lpl, near_upl, short_group_warning,
    common_cause, special_cause_improvement, special_cause_concern, variation_type, assurance_type, variation_icon,
    assurance_icon.
    """
    rows, charts = _charts(frame, options)
    segments = charts.segments
    icons = _words([*(variation_icon(variation, options.direction) for variation in VARIATIONS), None])
    assured = np.where(segments.is_last, charts.assurance[segments.series], np.int8(NOT_STATED))
    return pd.DataFrame(
        {
            "series_id": rows.keys[segments.series],
            "rebase_group": segments.group,
            "n": segments.points,
            "mean": segments.mean,
            "average_mr": segments.average_moving_range,
            "lpl": segments.lower,
            "upl": segments.upper,
            "near_lpl": segments.near_lower,
            "near_upl": segments.near_upper,
            "short_group_warning": segments.is_short.astype(np.int8),
            "common_cause": segments.common_cause,
            "special_cause_improvement": segments.improvement,
            "special_cause_concern": segments.concern,
            "variation_type": _words(VARIATIONS)[segments.last_variation],
            "assurance_type": _words([*ASSURANCES, None])[assured],
            "variation_icon": icons[np.where(segments.is_last, segments.last_variation, np.int8(NOT_STATED))],
            "assurance_icon": _words([*map(assurance_icon, ASSURANCES), None])[assured],
        }
    )


def _charts(frame: pd.DataFrame, options: Options) -> tuple[_SideBySide, Charts]:
    rows = _side_by_side(frame)
    days = np.array(options.rebase_dates, dtype="datetime64[D]")
    return rows, xmr(
        rows.figures,
        direction=options.direction,
        target=options.target,
        rebase=np.isin(rows.dates, days) if len(days) else None,
        fix_after=options.fix_after,
        screen=options.screen,
        lengths=rows.lengths,
    )


def _side_by_side(frame: pd.DataFrame) -> _SideBySide:
    series, keys = pd.factorize(frame["series_id"])
    dates = frame["date"].to_numpy(dtype="datetime64[D]")
    order = np.lexsort((dates, series))
    lengths = np.bincount(series, minlength=len(keys))
    place = np.arange(len(frame)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    shape = (len(keys), int(lengths.max(initial=0)))
    values, days = np.full(shape, np.nan), np.full(shape, np.datetime64("NaT"), dtype="datetime64[D]")
    values[series[order], place] = frame["value"].to_numpy(dtype=np.float64)[order]
    days[series[order], place] = dates[order]
    return _SideBySide(np.asarray(keys, dtype=object), values, days, lengths)


def _words(members: Sequence[str | None]) -> np.ndarray:
    """Return the words in the order of their codes; None stands last and is what the code NOT_STATED reads."""
    return np.array([None if member is None else str(member) for member in members], dtype=object)
