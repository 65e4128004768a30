"""What all figures share: a quiet layout for light and dark pages, number separators and series colours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, Literal, TypeAlias

import plotly.graph_objects as go

from kpi.i18n import Language

Figure: TypeAlias = go.Figure
"""What every chart returns; pages and ui name it without knowing Plotly."""
Tone = Literal["light", "dark"]
SEPARATORS: Final[dict[Language, str]] = {"id": ",.", "en": ".,"}
ACCENT: Final[dict[Tone, str]] = {"light": "#0b5c8a", "dark": "#5fb3e0"}
TEXT: Final[dict[Tone, str]] = {"light": "#1c2b36", "dark": "#e6edf2"}
"""The page's text: for marks whose text would else be chosen against an area that the page shines through."""
QUIET: Final[dict[Tone, str]] = {"light": "#5b6b76", "dark": "#9fb0bc"}
SERIES: Final = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#8c6d31", "#7f7f7f")
"""Colours of units side by side (Okabe and Ito): told apart by colour-blind readers too, in this order."""
DASHES: Final = ("solid", "dash", "dot", "dashdot", "longdash")
MARKERS: Final = ("circle", "square", "diamond", "triangle-up", "cross", "star", "triangle-down", "x")
"""Shapes that go with SERIES, so that colour is never the only sign."""


def figure(
    traces: Sequence[Mapping[str, object]],
    *,
    language: Language,
    height: int,
    layout: Mapping[str, object] | None = None,
) -> go.Figure:
    """Return a figure from traces given as plain dicts, with the layout that all figures share and `layout` on top.

    Colours of text and grid are left to the page, which puts in those of the reader's theme.
    """
    shared: dict[str, object] = {
        "height": height,
        "separators": SEPARATORS[language],
        "margin": {"l": 8, "r": 8, "t": 24, "b": 8, "pad": 4},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "showlegend": False,
        "legend": {"orientation": "h", "yanchor": "bottom", "y": 1.02, "x": 0, "title": {"text": ""}},
        "hoverlabel": {"align": "left"},
        "dragmode": False,
        "xaxis": {"automargin": True, "fixedrange": True},
        "yaxis": {"automargin": True, "fixedrange": True},
    }
    for key, value in (layout or {}).items():
        below = shared.get(key)
        shared[key] = {**below, **value} if isinstance(below, dict) and isinstance(value, Mapping) else value
    return go.Figure(data=[dict(trace) for trace in traces], layout=shared)
