"""Figures of trends: values of units over time with each period's target as steps. Gets texts ready made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
import pandas as pd

from kpi.charts.overlays import control_traces, event_layout, fan_traces
from kpi.charts.theme import ACCENT, DASHES, MARKERS, QUIET, SERIES, Figure, Tone, figure
from kpi.i18n import Language

HEIGHT: Final = 420
SMALL_HEIGHT: Final = 260
MANY: Final = 40
"""More points than these get smaller markers."""
CHOSEN: Final = "rgba(230,159,0,0.2)"
RANGE_FILL: Final = "rgba(128,128,128,0.14)"


def lines(
    points: pd.DataFrame,
    ticks: pd.DataFrame,
    legend: Mapping[str, str],
    language: Language,
    tone: Tone,
    *,
    is_small: bool = False,
    span: tuple[float, float] | None = None,
    control: pd.DataFrame | None = None,
    fan: pd.DataFrame | None = None,
    events: pd.DataFrame | None = None,
) -> Figure:
    """Return values over time, a line per unit with a dash and a marker of its own, and targets as steps.

    `points`: a row per unit and period; columns place (0, 1, … in order of time), unit_code, unit (its label), look
    (the unit's place among SERIES), value, comparable, target, target_high (NaN = missing: a gap in the line, never 0),
    is_whole (False = open marker), is_chosen (the period gets a grey band), hover and drill (texts). `ticks`: place and
    label. `legend`: words for "target", "before". `span` fixes the axis of values, so that several figures compare.
    `control`, `fan` and `events`: see `kpi.charts.overlays`.
    """
    groups = [rows for _, rows in points.groupby("unit_code", sort=False)]
    traces = [] if control is None else control_traces(control, legend, tone)
    traces += [*_targets(groups, legend, tone)]
    for rows in groups:
        traces += _unit(rows, legend, tone, is_only=len(groups) == 1)
    traces += [] if fan is None else fan_traces(fan, legend)
    marks, labels = ([], []) if events is None else event_layout(events, tone)
    places = points["place"]
    last = places.max() if fan is None or fan.empty else max(places.max(), fan["place"].max())
    layout: dict[str, object] = {
        "showlegend": not is_small,
        "margin": {"t": 16 if is_small else 36},
        "hovermode": "closest",
        "clickmode": "event+select",
        "shapes": _chosen(points) + marks,
        "annotations": labels,
        "xaxis": {
            "tickvals": ticks["place"].tolist(),
            "ticktext": ticks["label"].tolist(),
            "tickangle": 0,
            "range": [places.min() - 0.7, last + 0.7],
            "zeroline": False,
            "showgrid": False,
        },
        "yaxis": {
            "zeroline": False,
            "exponentformat": "none",
            "separatethousands": True,
            **({"range": list(span)} if span else {}),
        },
    }
    return figure(traces, language=language, height=SMALL_HEIGHT if is_small else HEIGHT, layout=layout)


def span_of(points: pd.DataFrame) -> tuple[float, float]:
    """Return an axis of values that holds all values and targets, with some air; (0, 1) where there are none."""
    known = points[["value", "comparable", "target", "target_high"]].to_numpy(np.float64).ravel()
    known = known[~np.isnan(known)]
    if not len(known):
        return 0.0, 1.0
    low, high = float(known.min()), float(known.max())
    air = 0.08 * (high - low) or abs(high) * 0.08 or 1.0
    return low - air, high + air


def _unit(rows: pd.DataFrame, legend: Mapping[str, str], tone: Tone, *, is_only: bool) -> list[dict[str, object]]:
    look = int(rows["look"].iloc[0])
    colour = ACCENT[tone] if is_only and look == 0 else SERIES[look % len(SERIES)]
    shape, name = MARKERS[look % len(MARKERS)], str(rows["unit"].iloc[0])
    size = 8 if len(rows) <= MANY else 6
    symbols = [shape if whole else f"{shape}-open" for whole in rows["is_whole"]]
    values = {
        "type": "scatter",
        "mode": "lines+markers",
        "name": name,
        "legendgroup": name,
        "x": rows["place"].to_numpy(),
        "y": rows["value"].to_numpy(np.float64),
        "connectgaps": False,
        "line": {"color": colour, "width": 2, "dash": DASHES[look % len(DASHES)]},
        "marker": {"symbol": symbols, "size": size, "color": colour, "line": {"width": 1.5, "color": colour}},
        "customdata": [[drill] for drill in rows["drill"]],
        "hovertext": rows["hover"].tolist(),
        "hovertemplate": "%{hovertext}<extra></extra>",
        "selected": {"marker": {"opacity": 1}},
        "unselected": {"marker": {"opacity": 1}},
    }
    if rows["comparable"].isna().all():
        return [values]
    return [_before(rows, legend, colour, name), values]


def _before(rows: pd.DataFrame, legend: Mapping[str, str], colour: str, name: str) -> dict[str, object]:
    """Return the line of the unit as it is composed now, where that differs from its own figures."""
    return {
        "type": "scatter",
        "mode": "lines",
        "name": f"{name}: {legend['before']}",
        "x": rows["place"].to_numpy(),
        "y": rows["comparable"].to_numpy(np.float64),
        "connectgaps": False,
        "line": {"color": colour, "width": 1.5, "dash": "dot"},
        "opacity": 0.75,
        "hoverinfo": "skip",
    }


def _targets(groups: list[pd.DataFrame], legend: Mapping[str, str], tone: Tone) -> list[dict[str, object]]:
    """Return the steps of the targets: one line where all units have the same ones, else a line per unit."""
    if not groups:
        return []
    first = groups[0][["target", "target_high"]].to_numpy(np.float64)
    are_same = all(
        np.array_equal(first, rows[["target", "target_high"]].to_numpy(np.float64), equal_nan=True) for rows in groups
    )
    if are_same:
        return _steps(groups[0], legend["target"], QUIET[tone])
    traces = []
    for rows in groups:
        colour = SERIES[int(rows["look"].iloc[0]) % len(SERIES)]
        traces += _steps(rows, f"{legend['target']}: {rows['unit'].iloc[0]}", colour)
    return traces


def _steps(rows: pd.DataFrame, name: str, colour: str) -> list[dict[str, object]]:
    """Return one period's target from its beginning to its end, then the next one's; a range is filled."""
    traces: list[dict[str, object]] = []
    for column, fill in (("target", None), ("target_high", "tonexty")):
        if rows[column].isna().all():
            continue
        places = rows["place"].to_numpy(np.float64)
        traces.append(
            {
                "type": "scatter",
                "mode": "lines",
                "name": name,
                "legendgroup": name,
                "showlegend": column == "target",
                "x": np.column_stack([places - 0.5, places + 0.5]).ravel(),
                "y": np.repeat(rows[column].to_numpy(np.float64), 2),
                "connectgaps": False,
                "line": {"shape": "hv", "color": colour, "width": 1.5, "dash": "4px,3px"},
                "fill": fill,
                "fillcolor": RANGE_FILL,
                "hoverinfo": "skip",
            }
        )
    return traces


def _chosen(points: pd.DataFrame) -> list[dict[str, object]]:
    return [
        {
            "type": "rect",
            "xref": "x",
            "yref": "paper",
            "x0": place - 0.5,
            "x1": place + 0.5,
            "y0": 0,
            "y1": 1,
            "fillcolor": CHOSEN,
            "line": {"width": 0},
            "layer": "below",
        }
        for place in sorted(set(points.loc[points["is_chosen"], "place"]))
    ]
