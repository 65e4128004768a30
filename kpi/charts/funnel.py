"""The funnel: each unit's rate over its size, and how far chance alone may carry it. Gets texts ready made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
import pandas as pd

from kpi.charts.theme import ACCENT, QUIET, SERIES, TEXT, Figure, Tone, figure
from kpi.i18n import Language

HEIGHT: Final = 460
WIDE: Final = 20.0
"""Sizes that differ by more than this factor are drawn on a logarithmic axis."""
NAMED: Final = 12
"""More units than these outside the same limits would write over each other: their names stand in the table."""
NEAR_EDGE: Final = 0.25
FEW_POWERS: Final = 3
"""Up to so many powers of ten their halves and fifths are named too."""
LOOKS: Final[dict[str, tuple[str, str | None]]] = {
    "within": ("circle", None),
    "outside": ("diamond", SERIES[4]),
    "far": ("square", SERIES[1]),
}
"""Shape and colour of units within the limits, beyond the inner ones, beyond the outer ones."""


def funnel(
    units: pd.DataFrame, limits: pd.DataFrame, middle: float, legend: Mapping[str, str], language: Language, tone: Tone
) -> Figure:
    """Return the rates of units over their denominators with the limits around the rate of all together.

    `units`: unit_code, name (shown beside units outside the limits), denominator, rate, look (within, outside, far),
    hover. `limits`: denominator, lower_95, upper_95, lower_998, upper_998. `legend`: words for each look, "inner",
    "outer", "middle", "size" and "rate". A click gives the unit's code.
    """
    is_wide = units["denominator"].max() > WIDE * units["denominator"].min()
    placed = units.assign(position=_positions(units["denominator"].to_numpy(np.float64), is_wide=is_wide))
    traces = [
        *_curve(limits, "998", legend["outer"], {"color": QUIET[tone], "width": 1}),
        *_curve(limits, "95", legend["inner"], {"color": QUIET[tone], "width": 1, "dash": "dash"}),
        {
            "type": "scatter",
            "mode": "lines",
            "name": legend["middle"],
            "x": [limits["denominator"].min(), limits["denominator"].max()],
            "y": [middle, middle],
            "line": {"color": ACCENT[tone], "width": 1.5, "dash": "dot"},
            "hoverinfo": "skip",
        },
        *[_units(rows, look, legend, tone) for look in LOOKS if not (rows := placed[placed["look"] == look]).empty],
    ]
    axis = {"zeroline": False, "exponentformat": "none", "separatethousands": True}
    layout: dict[str, object] = {
        "showlegend": True,
        "margin": {"t": 40},
        "clickmode": "event+select",
        "xaxis": {**axis, **_scale(units["denominator"], is_wide=is_wide), "title": {"text": legend["size"]}},
        "yaxis": {**axis, "title": {"text": legend["rate"]}},
    }
    return figure(traces, language=language, height=HEIGHT, layout=layout)


def _scale(sizes: pd.Series, *, is_wide: bool) -> dict[str, object]:
    """Return the axis of sizes; a logarithmic one names 1, 2 and 5 of each power of ten in full."""
    if not is_wide:
        return {"type": "linear", "nticks": 6}
    powers = range(int(np.floor(np.log10(sizes.min()))), int(np.ceil(np.log10(sizes.max()))) + 1)
    ticks = [step * 10.0**power for power in powers for step in ((1, 2, 5) if len(powers) <= FEW_POWERS else (1,))]
    return {"type": "log", "tickmode": "array", "tickvals": ticks, "tickformat": ",~r", "tickangle": 0}


def _positions(sizes: np.ndarray, *, is_wide: bool) -> list[str]:
    """Return where each name stands: towards the middle, so that a telephone's edge cuts none off."""
    along = np.log(sizes) if is_wide else sizes
    share = (along - along.min()) / ((along.max() - along.min()) or 1.0)
    return ["top right" if at < NEAR_EDGE else "top left" if at > 1 - NEAR_EDGE else "top center" for at in share]


def _curve(limits: pd.DataFrame, level: str, name: str, line: dict[str, object]) -> list[dict[str, object]]:
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "name": name,
            "legendgroup": level,
            "showlegend": side == "lower",
            "x": limits["denominator"].to_numpy(np.float64),
            "y": limits[f"{side}_{level}"].to_numpy(np.float64),
            "line": line,
            "hoverinfo": "skip",
        }
        for side in ("lower", "upper")
    ]


def _units(rows: pd.DataFrame, look: str, legend: Mapping[str, str], tone: Tone) -> dict[str, object]:
    symbol, colour = LOOKS[look]
    return {
        "type": "scatter",
        "mode": "markers" if look == "within" or len(rows) > NAMED else "markers+text",
        "name": legend[look],
        "x": rows["denominator"].to_numpy(np.float64),
        "y": rows["rate"].to_numpy(np.float64),
        "text": list(rows["name"]),
        "textposition": list(rows["position"]),
        "textfont": {"size": 11, "color": TEXT[tone]},
        "marker": {"symbol": symbol, "size": 10, "color": colour or ACCENT[tone]},
        "cliponaxis": False,
        "customdata": [[code] for code in rows["unit_code"]],
        "hovertext": list(rows["hover"]),
        "hovertemplate": "%{hovertext}<extra></extra>",
        "selected": {"marker": {"opacity": 1}},
        "unselected": {"marker": {"opacity": 1}},
    }
