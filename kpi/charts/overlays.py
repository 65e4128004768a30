"""What lies over a line chart: the usual range with its signals, the outlook, events. Texts ready made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
import pandas as pd

from kpi.charts.theme import QUIET, SERIES, TEXT, Tone

BAND: Final = "rgba(128,128,128,0.14)"
FAN: Final = "rgba(0,114,178,0.16)"
MANY: Final = 40
"""More points than these get smaller rings."""
LABEL_HEIGHT: Final = 18
CLOSE: Final = 2.5
"""Events nearer than so many periods have their numbers beneath each other."""
LABEL_GROUND: Final[dict[Tone, str]] = {"light": "#ffffff", "dark": "#26333d"}
RINGS: Final[dict[str, tuple[str, str]]] = {
    "better": ("circle-open", SERIES[0]),
    "worse": ("square-open", SERIES[1]),
    "changed": ("diamond-open", SERIES[3]),
}
"""Shape and colour of the ring around a signal."""
ON_DARK: Final = {SERIES[0]: SERIES[5]}
"""What is too dark for a dark page, and what stands for it there."""


def control_traces(control: pd.DataFrame, legend: Mapping[str, str], tone: Tone) -> list[dict[str, object]]:
    """Return the band between the limits, the average, and a ring around each signal, a trace per kind of signal.

    `control`: a row per place; place, value, mean, lower, upper (NaN = no limits there), ring (better, worse, changed
    or empty). `legend`: words for "range", "mean" and each ring.
    """
    if control["lower"].isna().all():
        return []
    places = control["place"].to_numpy(np.float64)
    edges = np.column_stack([places - 0.5, places + 0.5]).ravel()

    def line(column: str) -> dict[str, object]:
        values = np.repeat(control[column].to_numpy(np.float64), 2)
        return {"type": "scatter", "mode": "lines", "x": edges, "y": values, "hoverinfo": "skip", "connectgaps": False}

    return [
        {**line("lower"), "line": {"width": 0}, "showlegend": False},
        {**line("upper"), "line": {"width": 0}, "name": legend["range"], "fill": "tonexty", "fillcolor": BAND},
        {**line("mean"), "name": legend["mean"], "line": {"color": QUIET[tone], "width": 1}},
        *_rings(control, legend, tone),
    ]


def fan_traces(fan: pd.DataFrame, legend: Mapping[str, str]) -> list[dict[str, object]]:
    """Return the dotted way to the year's end and, where it has bounds, the fan. Columns place, middle, low, high."""
    if fan.empty:
        return []
    base = {"type": "scatter", "mode": "lines", "x": fan["place"].to_numpy(np.float64), "hoverinfo": "skip"}
    way = {
        **base,
        "name": legend["outlook"],
        "y": fan["middle"].to_numpy(np.float64),
        "line": {"color": SERIES[0], "width": 2, "dash": "2px,3px"},
    }
    if fan["low"].isna().all():
        return [way]
    low = {**base, "y": fan["low"].to_numpy(np.float64), "line": {"width": 0}, "showlegend": False}
    high = {
        **base,
        "y": fan["high"].to_numpy(np.float64),
        "line": {"width": 0},
        "fill": "tonexty",
        "fillcolor": FAN,
        "showlegend": False,
    }
    return [low, high, way]


def event_layout(events: pd.DataFrame, tone: Tone) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    """Return a dotted line and its number for each event, with its text when pointed at.

    Columns place, number and hover (texts). Numbers of events that lie close together stand beneath each other.
    """
    line = {"color": QUIET[tone], "width": 1, "dash": "dot"}
    shapes: list[dict[str, object]] = [
        {"type": "line", "x0": place, "x1": place, "yref": "paper", "y0": 0, "y1": 1, "line": line}
        for place in events["place"]
    ]
    labels: list[dict[str, object]] = [
        {
            "x": place,
            "y": 1,
            "yref": "paper",
            "xanchor": "left",
            "yanchor": "top",
            "yshift": -LABEL_HEIGHT * below,
            "text": f"<b>{number}</b>",
            "hovertext": hover,
            "hoverlabel": {"bgcolor": LABEL_GROUND[tone], "font": {"color": TEXT[tone]}},
            "showarrow": False,
        }
        for place, number, hover, below in zip(
            events["place"], events["number"], events["hover"], _beneath(list(events["place"])), strict=True
        )
    ]
    return shapes, labels


def _beneath(places: list[float]) -> list[int]:
    """Return how many labels stand above each one: those of events close before it."""
    depths: list[int] = []
    for at, place in enumerate(places):
        is_close = at > 0 and place - places[at - 1] < CLOSE
        depths.append(depths[-1] + 1 if is_close else 0)
    return depths


def _rings(control: pd.DataFrame, legend: Mapping[str, str], tone: Tone) -> list[dict[str, object]]:
    size = 15 if len(control) <= MANY else 11
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "name": legend[kind],
            "x": rows["place"].to_numpy(np.float64),
            "y": rows["value"].to_numpy(np.float64),
            "marker": {"symbol": symbol, "size": size, "color": colour, "line": {"width": 1.5, "color": colour}},
            "hoverinfo": "skip",
        }
        for kind, (symbol, usual) in RINGS.items()
        for colour in [ON_DARK.get(usual, usual) if tone == "dark" else usual]
        if not (rows := control[control["ring"] == kind]).empty
    ]
