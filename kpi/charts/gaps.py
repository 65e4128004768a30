"""Figures of gaps: a bullet per figure, and the steps from 100 to a unit's index. Gets texts ready made."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from kpi.charts.theme import ACCENT, QUIET, TEXT, Figure, Tone, figure
from kpi.i18n import Language

ROW: Final = 68
STEP: Final = 46
NAMED: Final = 0.54
"""So far above its place a step's name begins, in rows."""
LONGEST: Final = 1.5
"""A bar longer than that many times its target is cut, with a mark where it is."""
LOSS: Final[dict[Tone, str]] = {"light": "#b3541e", "dark": "#e58a4e"}
GRID: Final = "rgba(128,128,128,0.18)"


def bullets(rows: pd.DataFrame, language: Language, tone: Tone) -> Figure:
    """Return a bar per figure, its target as a mark at the same place in every row, its name above and words below.

    Needs, in the order to draw: key (what a click gives), title, said, hover (texts), value, target, target_high,
    worst_value (NaN = none; every row has a value and a target), fill. Each row has a scale of its own: the target, or
    the far end of its range, is one length; a target of 0 lies at the start, and the worst value is one length.
    """
    scale = _scale(rows)
    places = np.arange(len(rows), dtype=float)
    bar = rows["value"].to_numpy(float) / scale
    low, high = rows["target"].to_numpy(float) / scale, rows["target_high"].to_numpy(float) / scale
    is_cut = bar > LONGEST
    start = min(0.0, float(np.nanmin([*bar, *low, 0.0])))
    traces = [
        _tracks(places, start, rows),
        _range(places, low, high),
        _bars(places, np.minimum(bar, LONGEST), rows),
        _marks(places, low, high, QUIET[tone]),
        _cuts(places[is_cut]),
        _texts(rows, "title", places - 0.32, start, 13, tone),
        _texts(rows, "said", places + 0.32, start, 12, tone),
    ]
    layout = _plain(len(rows), start - 0.01, LONGEST + 0.06)
    return figure(traces, language=language, height=24 + ROW * len(rows), layout=layout)


def waterfall(steps: pd.DataFrame, first: str, last: str, language: Language, tone: Tone) -> Figure:
    """Return floating bars from 100 to the index, each step with its name above and its size beside it.

    Needs, in order: key (what a click gives, may be empty), title, said, hover (texts), start and end (points). `first`
    and `last` name both ends.
    """
    ends = [100.0, *steps["start"], *steps["end"]]
    low, high = min(ends), max(ends)
    air = max((high - low) * 0.12, 0.5)
    places = np.arange(1, len(steps) + 1, dtype=float)
    total = float(steps["end"].iloc[-1]) if len(steps) else 100.0
    traces = [
        _connectors(steps, places),
        _floating(steps, places, tone),
        _ends([100.0, total], [0.0, len(steps) + 1.0], [first, last], (low - air, high + 2.2 * air), tone),
        _texts(steps, "title", places - 0.36, low - air, 12, tone),
        _sizes(steps, places, tone),
    ]
    layout = _plain(len(steps) + 2, low - air, high + 2.2 * air)
    layout["xaxis"] = {**layout["xaxis"], "visible": True, "showgrid": True, "gridcolor": GRID, "nticks": 5}  # type: ignore[dict-item] - a dict put in by _plain
    return figure(traces, language=language, height=44 + STEP * (len(steps) + 2), layout=layout)


def _scale(rows: pd.DataFrame) -> np.ndarray:
    target = rows[["target", "target_high"]].abs().max(axis=1).to_numpy(float)
    otherwise = rows[["worst_value", "value"]].abs().max(axis=1).fillna(0.0).to_numpy(float)
    scale = np.where(target > 0, target, otherwise)
    return np.where(scale > 0, scale, 1.0)


def _plain(rows: int, low: float, high: float) -> dict[str, dict[str, object] | str | int]:
    return {
        "clickmode": "event+select",
        "barmode": "overlay",
        "margin": {"t": 8},
        "xaxis": {"visible": False, "range": [low, high], "zeroline": False},
        "yaxis": {"visible": False, "range": [rows - 0.5, -0.6], "zeroline": False},
    }


def _tracks(places: np.ndarray, start: float, rows: pd.DataFrame) -> dict[str, object]:
    """Return a faint track behind each bar: a bar of nothing can be clicked too, and a finger finds a short one."""
    return {
        "type": "bar",
        "orientation": "h",
        "x": np.full(len(rows), LONGEST - start),
        "base": np.full(len(rows), start),
        "y": places,
        "width": 0.26,
        "marker": {"color": "rgba(128,128,128,0.10)", "line": {"width": 0}},
        **_hover(rows),
    }


def _bars(places: np.ndarray, lengths: np.ndarray, rows: pd.DataFrame) -> dict[str, object]:
    return {
        "type": "bar",
        "orientation": "h",
        "x": lengths,
        "y": places,
        "width": 0.26,
        "marker": {"color": list(rows["fill"]), "line": {"width": 0}},
        **_hover(rows),
    }


def _range(places: np.ndarray, low: np.ndarray, high: np.ndarray) -> dict[str, object]:
    has_range = ~np.isnan(high)
    return {
        "type": "bar",
        "orientation": "h",
        "x": (high - low)[has_range],
        "base": low[has_range],
        "y": places[has_range],
        "width": 0.44,
        "marker": {"color": "rgba(128,128,128,0.28)", "line": {"width": 0}},
        "hoverinfo": "skip",
    }


def _marks(places: np.ndarray, low: np.ndarray, high: np.ndarray, colour: str) -> dict[str, object]:
    """Return the targets as upright marks; a range has one at each end."""
    has_range = ~np.isnan(high)
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [*low, *high[has_range]],
        "y": [*places, *places[has_range]],
        "marker": {"symbol": "line-ns", "size": 17, "line": {"width": 4, "color": colour}},
        "hoverinfo": "skip",
    }


def _cuts(places: np.ndarray) -> dict[str, object]:
    return {
        "type": "scatter",
        "mode": "text",
        "x": np.full(len(places), LONGEST),
        "y": places,
        "text": ["»"] * len(places),
        "textposition": "middle right",
        "cliponaxis": False,
        "hoverinfo": "skip",
    }


def _texts(
    rows: pd.DataFrame, column: str, places: np.ndarray, left: float, size: int, tone: Tone
) -> dict[str, object]:
    return {
        "type": "scatter",
        "mode": "text",
        "x": np.full(len(rows), left),
        "y": places,
        "text": list(rows[column]),
        "textposition": "middle right",
        "textfont": {"size": size, "color": TEXT[tone]},
        "cliponaxis": False,
        **_hover(rows),
    }


def _hover(rows: pd.DataFrame) -> dict[str, object]:
    return {
        "customdata": [[key] for key in rows["key"]],
        "hovertext": list(rows["hover"]),
        "hovertemplate": "%{hovertext}<extra></extra>",
        "selected": {"marker": {"opacity": 1}},
        "unselected": {"marker": {"opacity": 1}},
    }


def _floating(steps: pd.DataFrame, places: np.ndarray, tone: Tone) -> dict[str, object]:
    change = steps["end"].to_numpy(float) - steps["start"].to_numpy(float)
    return {
        "type": "bar",
        "orientation": "h",
        "x": change,
        "base": steps["start"].to_numpy(float),
        "y": places,
        "width": 0.34,
        "marker": {
            "color": [LOSS[tone] if each < 0 else ACCENT[tone] for each in change],
            "pattern": {"shape": ["" if each < 0 else "/" for each in change], "size": 6, "solidity": 0.25},
            "line": {"width": 0},
        },
        **_hover(steps),
    }


def _sizes(steps: pd.DataFrame, places: np.ndarray, tone: Tone) -> dict[str, object]:
    """Return what each step takes or gives, to the right of its bar."""
    right = np.maximum(steps["start"].to_numpy(float), steps["end"].to_numpy(float))
    return {
        "type": "scatter",
        "mode": "text",
        "x": right,
        "y": places,
        "text": [f" {said}" for said in steps["said"]],
        "textposition": "middle right",
        "textfont": {"size": 12, "color": TEXT[tone]},
        "cliponaxis": False,
        **_hover(steps),
    }


def _connectors(steps: pd.DataFrame, places: np.ndarray) -> dict[str, object]:
    """Return the thin lines that lead from where one step ends to where the next is named, not through its name."""
    x: list[float | None] = []
    y: list[float | None] = []
    for start, end, place in zip(steps["start"], steps["end"], places, strict=True):
        is_last = place == places[-1]
        x += [start, start, None, end, end, None]
        y += [place - 1.0, place - NAMED, None, place, place + (1.0 if is_last else 1.0 - NAMED), None]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": x,
        "y": y,
        "line": {"width": 1, "color": "rgba(128,128,128,0.5)"},
        "hoverinfo": "skip",
    }


def _ends(x: list[float], y: list[float], words: list[str], axis: tuple[float, float], tone: Tone) -> dict[str, object]:
    """Return both ends as diamonds, each with its words on the side where there is room."""
    low, high = axis
    shares = [(place - low) / (high - low) for place in x]
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": x,
        "y": y,
        "text": [f" <b>{word}</b> " for word in words],
        "textposition": [
            _beside(share, free) for share, free in zip(shares, ("top center", "bottom center"), strict=True)
        ],
        "textfont": {"size": 13, "color": TEXT[tone]},
        "cliponaxis": False,
        "marker": {"symbol": "diamond", "size": 11, "color": QUIET[tone]},
        "hoverinfo": "skip",
    }


def _beside(share: float, free: str) -> str:
    """Return where words stand at a mark at this share of the width: in the middle neither side is long enough."""
    if share < 0.4:
        return "middle right"
    return "middle left" if share > 0.6 else free
