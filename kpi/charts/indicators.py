"""The figure of an indicator's targets over time. Gets texts ready made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import pandas as pd

from kpi.charts.overlays import event_layout
from kpi.charts.theme import ACCENT, QUIET, Figure, Tone, figure
from kpi.i18n import Language

HEIGHT: Final = 320


def targets(
    points: pd.DataFrame,
    ticks: tuple[Sequence[int], Sequence[str]],
    legend: Mapping[str, str],
    language: Language,
    tone: Tone,
    events: pd.DataFrame | None = None,
) -> Figure:
    """Return each period's target as steps, a range as an area, and the values as marks (open: not whole).

    `points`: a row per period in order; place, target, target_high, value (NaN = missing: a gap, never 0), is_whole,
    hover. `ticks`: places and labels. `legend`: words for "target", "target_high" and "value".
    `events`: see `kpi.charts.overlays`.
    """
    traces = [_steps(points, "target", legend, tone), _steps(points, "target_high", legend, tone)]
    marks, labels = ([], []) if events is None else event_layout(events, tone)
    layout: dict[str, object] = {
        "showlegend": True,
        "margin": {"t": 36},
        "shapes": marks,
        "annotations": labels,
        "xaxis": {"tickvals": list(ticks[0]), "ticktext": list(ticks[1]), "showgrid": False, "zeroline": False},
        "yaxis": {"zeroline": False},
    }
    shown = [trace for trace in traces if trace is not None]
    return figure([*shown, _values(points, legend, tone)], language=language, height=HEIGHT, layout=layout)


def _steps(points: pd.DataFrame, column: str, legend: Mapping[str, str], tone: Tone) -> dict[str, object] | None:
    if points[column].isna().all():
        return None
    places = points["place"].to_numpy(float)
    return {
        "type": "scatter",
        "mode": "lines",
        "name": legend[column],
        "x": np.column_stack([places - 0.5, places + 0.5]).ravel(),
        "y": np.repeat(points[column].to_numpy(float), 2),
        "connectgaps": False,
        "line": {"color": QUIET[tone], "width": 2.5, "dash": "solid" if column == "target" else "dash"},
        "fill": None if column == "target" else "tonexty",
        "fillcolor": "rgba(128,128,128,0.14)",
        "hoverinfo": "skip",
    }


def _values(points: pd.DataFrame, legend: Mapping[str, str], tone: Tone) -> dict[str, object]:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": legend["value"],
        "x": points["place"].to_numpy(float),
        "y": points["value"].fillna(points["target"]).to_numpy(float),
        "marker": {
            "symbol": ["circle" if whole else "circle-open" for whole in points["is_whole"]],
            "size": 7,
            "color": ACCENT[tone],
            "opacity": points["value"].notna().astype(float).to_list(),  # a period without a value keeps its hover
            "line": {"width": 2, "color": ACCENT[tone]},
        },
        "hovertext": list(points["hover"]),
        "hovertemplate": "%{hovertext}<extra></extra>",
    }
