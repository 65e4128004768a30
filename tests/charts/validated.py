"""Holds a figure against Plotly's own description of what a figure may say, which pages leave out for speed."""

from __future__ import annotations

import json

import plotly.graph_objects as go

from kpi.charts.theme import Figure

DRAWN = {"bar", "scatter"}
"""Kinds of traces that the browser's build of Plotly draws and our charts use."""


def validated(figure: Figure) -> go.Figure:
    """Return the figure as Plotly's own; raises where it says what Plotly does not know, or what JSON can't carry."""
    json.dumps(figure.plain(), allow_nan=False)
    assert {trace["type"] for trace in figure.data} <= DRAWN
    return go.Figure(data=list(figure.data), layout=figure.layout)
