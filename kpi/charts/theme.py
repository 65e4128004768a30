"""What all figures share: a quiet layout for light and dark pages, number separators and series colours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal  # Any: Plotly's own attributes

import numpy as np

from kpi.i18n import Language

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


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture in Plotly's own words: what every chart returns. Pages and ui hand it on without knowing Plotly.

    Nothing checks it at run time (Plotly's Python classes take 10 ms a figure for that); tests do (tests/charts).
    """

    data: tuple[dict[str, Any], ...]
    layout: dict[str, Any]

    def plain(self) -> dict[str, Any]:
        """Return it as JSON knows it: lists for arrays, None for a missing number (NaN), which is drawn as a gap."""
        return {"data": _plain(self.data), "layout": _plain(self.layout)}


def figure(
    traces: Sequence[Mapping[str, object]],
    *,
    language: Language,
    height: int,
    layout: Mapping[str, object] | None = None,
) -> Figure:
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
    return Figure(tuple(dict(trace) for trace in traces), shared)


def _plain(value: object) -> object:
    """Return a value of a figure as JSON knows it; what is None is left out of a mapping."""
    match value:
        case Mapping():
            return {key: _plain(each) for key, each in value.items() if each is not None}
        case np.ndarray() | np.generic():
            return _plain(value.tolist())
        case list() | tuple():
            return [_plain(each) for each in value]
        case float() if value != value:
            return None
        case _:
            return value
