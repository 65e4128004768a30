"""Figures of the overview: units by periods, each cell with its rating's shape and the index."""

from __future__ import annotations

import textwrap
from typing import Final

import pandas as pd

from kpi.charts.theme import TEXT, Figure, Tone, figure
from kpi.i18n import Language

ROW_HEIGHT: Final = 46


def heatmap(cells: pd.DataFrame, language: Language, tone: Tone) -> Figure:
    """Rows of units by columns of periods, each cell tinted with its rating's colour and marked with shape and index.

    Needs a row per unit and period, in the order to draw (the first unit at the top, periods left to right):
    unit_code, unit, period, text, hover, fill; every unit has every period. A click gives the unit's code. Cells
    are bars of length one, a trace per period, because a heatmap's cells can't be clicked through Streamlit.
    """
    units = cells.drop_duplicates("unit_code")
    periods = list(cells["period"].unique())
    layout = {
        "barmode": "stack",
        "bargap": 0.06,
        "clickmode": "event+select",
        "margin": {"t": 40},
        "xaxis": {
            "side": "top",
            "tickvals": [place + 0.5 for place in range(len(periods))],
            "ticktext": [name if "<br>" in name else wrapped(name, width=12) for name in periods],
            "tickangle": 0,
            "range": [0, len(periods)],
            "showgrid": False,
            "zeroline": False,
        },
        "yaxis": {
            "type": "category",
            "autorange": "reversed",
            "tickvals": list(units["unit_code"]),
            "ticktext": [wrapped(name) for name in units["unit"]],
            "showgrid": False,
        },
    }
    columns = [_column(cells[cells["period"] == period], tone) for period in periods]
    return figure(columns, language=language, height=64 + ROW_HEIGHT * len(units), layout=layout)


def wrapped(name: str, width: int = 20, lines: int = 2) -> str:
    """Return a name on at most `lines` lines, cut with an ellipsis: an axis that a telephone can show."""
    return "<br>".join(textwrap.wrap(name, width, max_lines=lines, placeholder=" …"))


def _column(cells: pd.DataFrame, tone: Tone) -> dict[str, object]:
    return {
        "type": "bar",
        "orientation": "h",
        "x": [1] * len(cells),
        "y": list(cells["unit_code"]),
        "marker": {"color": list(cells["fill"]), "line": {"width": 0}},
        "text": list(cells["text"]),
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "constraintext": "none",
        "textfont": {"size": 13, "color": TEXT[tone]},
        "customdata": [[code] for code in cells["unit_code"]],
        "hovertext": list(cells["hover"]),
        "hovertemplate": "%{hovertext}<extra></extra>",
        "selected": {"marker": {"opacity": 1}},
        "unselected": {"marker": {"opacity": 1}},
    }
