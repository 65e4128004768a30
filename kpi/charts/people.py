"""Figures of people: predicates against their pattern, one person's predicates over time, individual indices."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any, Final  # Any: the cells of a frame

import pandas as pd

from kpi.charts.overview import wrapped
from kpi.charts.theme import DASHES, MARKERS, QUIET, SERIES, TEXT, Figure, Tone, figure
from kpi.i18n import Language

ROW_HEIGHT: Final = 44
LETTER: Final = 7
"""Pixels of a letter of the counts at the right."""
_MIDDLE: Final = 0.5
"""Right of this share the words of a bound stand left of it, where a telephone has room."""


def distribution(bars: pd.DataFrame, language: Language, tone: Tone) -> Figure:
    """Bars of the share of persons at each predicate, the best at the top, with a mark where the pattern draws a line.

    Needs predicate, share (ratio), text, colour, bound (ratio, NaN = none) and bound_said, which stands at the mark.
    """
    names = list(bars["predicate"])
    traces: list[dict[str, object]] = [
        {
            "type": "bar",
            "orientation": "h",
            "x": list(bars["share"] * 100),
            "y": names,
            "marker": {"color": list(bars["colour"])},
            "hoverinfo": "skip",
        },
        _counts(bars, tone),
    ]
    traces += [_bound(row, tone) for row in bars[bars["bound"].notna()].to_dict("records")]
    layout = {
        "bargap": 0.35,
        "margin": {"r": 14 + LETTER * max(map(len, bars["text"]), default=0)},
        "xaxis": {"range": [0, 100], "visible": False},
        "yaxis": {"autorange": "reversed", "type": "category"},
    }
    return figure(traces, language=language, height=60 + ROW_HEIGHT * len(names), layout=layout)


def over_time(points: pd.DataFrame, places: list[str], language: Language, tone: Tone) -> Figure:
    """One person's predicates from round to round, a line for each kind of appraisal.

    Needs kind, end (date), tick (its words), place (1 = the first of `places`) and hover, the oldest first.
    """
    traces = [
        {
            "type": "scatter",
            "mode": "lines+markers",
            "name": kind,
            "x": [day.isoformat() for day in rows["end"]],
            "y": list(rows["place"]),
            "line": {"color": SERIES[number], "dash": DASHES[number], "shape": "hv", "width": 2},
            "marker": {"symbol": MARKERS[number], "size": 11, "color": SERIES[number]},
            "hovertext": list(rows["hover"]),
            "hovertemplate": "%{hovertext}<extra></extra>",
        }
        for number, (kind, rows) in enumerate(points.groupby("kind", sort=False))
    ]
    ends = _apart(points.drop_duplicates("end"))
    layout = {
        "showlegend": len(traces) > 1,
        "margin": {"t": 48},
        "xaxis": {
            "tickvals": [day.isoformat() for day in ends["end"]],
            "ticktext": list(ends["tick"]),
            "tickangle": 0,
        },
        "yaxis": {
            "range": [0.6, len(places) + 0.4],
            "tickvals": list(range(1, len(places) + 1)),
            "ticktext": places,
            "gridcolor": QUIET[tone] + "33",
        },
    }
    return figure(traces, language=language, height=80 + 34 * len(places), layout=layout)


def indices(lines: pd.DataFrame, on_target: str, language: Language, tone: Tone) -> Figure:
    """Lines of the indices of one person's individual indicators over time, with one at 100: on target.

    Needs indicator, start (date), period, index (100 = on target) and hover.
    """
    traces: list[dict[str, object]] = [
        {
            "type": "scatter",
            "mode": "lines+markers",
            "name": str(name),
            "x": [day.isoformat() for day in rows["start"]],
            "y": list(rows["index"]),
            "line": {"color": SERIES[number % len(SERIES)], "dash": DASHES[number % len(DASHES)], "width": 2},
            "marker": {"symbol": MARKERS[number % len(MARKERS)], "size": 9},
            "hovertext": list(rows["hover"]),
            "hovertemplate": "%{hovertext}<extra></extra>",
        }
        for number, (name, rows) in enumerate(lines.groupby("indicator", sort=False))
    ]
    ticks = lines.drop_duplicates("start").sort_values("start")
    traces.append(
        {
            "type": "scatter",
            "mode": "lines",
            "name": on_target,
            "x": [day.isoformat() for day in ticks["start"]],
            "y": [100] * len(ticks),
            "line": {"color": QUIET[tone], "dash": "dash", "width": 1.5},
            "hoverinfo": "skip",
        }
    )
    layout = {
        "showlegend": True,
        "legend": {"y": -0.24, "yanchor": "top"},
        "xaxis": {
            "tickvals": [day.isoformat() for day in ticks["start"]],
            "ticktext": [wrapped(period, width=6) for period in ticks["period"]],
            "tickangle": 0,
        },
    }
    return figure(traces, language=language, height=260 + 24 * len(traces), layout=layout)


def _apart(ends: pd.DataFrame) -> pd.DataFrame:
    """Return the rounds that are named on the axis, the newest first: a telephone has room for five at most."""
    days = list(ends["end"])
    least, kept = (max(days) - min(days)) / 5, [max(days)]
    for day in sorted(days, reverse=True):
        if kept[-1] - day >= least:
            kept.append(day)
    return ends[ends["end"].isin(kept)]


def _counts(bars: pd.DataFrame, tone: Tone) -> dict[str, object]:
    """Return the counts as a column in the margin at the right, where no mark of a bound covers them."""
    return {
        "type": "scatter",
        "mode": "text",
        "x": [100] * len(bars),
        "y": list(bars["predicate"]),
        "text": [f" {said}" for said in bars["text"]],
        "textposition": "middle right",
        "textfont": {"size": 12, "color": TEXT[tone]},
        "cliponaxis": False,
        "hoverinfo": "skip",
    }


def _bound(row: Mapping[Hashable, Any], tone: Tone) -> dict[str, object]:
    """Return the mark of a predicate's bound, with its words beneath the bar."""
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": [row["bound"] * 100],
        "y": [row["predicate"]],
        "marker": {
            "symbol": "line-ns-open",
            "size": 24,
            "color": TEXT[tone],
            "line": {"width": 3, "color": TEXT[tone]},
        },
        "text": [row["bound_said"]],
        "textposition": "bottom left" if row["bound"] > _MIDDLE else "bottom right",
        "textfont": {"size": 11, "color": TEXT[tone]},
        "cliponaxis": False,
        "hoverinfo": "skip",
    }
