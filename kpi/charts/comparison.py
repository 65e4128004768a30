"""Figures of the comparison: units in order, units by indicators, units side by side. Gets texts ready made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
import pandas as pd

from kpi.charts.overview import wrapped
from kpi.charts.theme import MARKERS, QUIET, SERIES, TEXT, Figure, Tone, figure
from kpi.i18n import Language

BAR_HEIGHT: Final = 38
CELL_HEIGHT: Final = 48
FAR_FROM_ZERO: Final = 0.6
"""Where the lowest value is more than this share of the highest, bars from zero would look alike: dots instead."""
LETTER: Final = 8
"""Pixels of a letter of the values at the right."""
ALWAYS_OPAQUE: Final = {"selected": {"marker": {"opacity": 1}}, "unselected": {"marker": {"opacity": 1}}}


def ranking(
    bars: pd.DataFrame, legend: Mapping[str, str], language: Language, tone: Tone, middle: float = float("nan")
) -> Figure:
    """Rows of units in order, each a bar (a dot where values lie far from zero), with marks for target and year before.

    `bars`: a row per unit, the first at the top; unit_code, unit (label), value, target, before (NaN = no mark),
    is_whole (False = hatched or open), text, shape, colour and tint (of its rating), hover. `legend`: words for
    "value", "target", "before", "middle", "interval". `low` and `high` are the ends of the value's interval (NaN =
    none), `middle` a line through all rows. A click gives the unit's code.
    """
    as_dots = lie_far_from_zero(bars)
    low, high = span_of(bars, as_dots)
    rows = list(bars["unit_code"])
    before = {"symbol": "x-thin-open", "size": 11, "color": QUIET[tone], "line": {"width": 2.5, "color": QUIET[tone]}}
    target = {"symbol": "line-ns", "size": 20, "line": {"width": 3, "color": TEXT[tone]}}
    traces = [
        _dots(bars, legend) if as_dots else _bars(bars, legend, tone),
        _marks(bars, "before", legend, before),
        _marks(bars, "target", legend, target),
        *_intervals(bars, legend, tone),
        *_middle(rows, middle, legend, tone),
        _texts(bars, high, tone),
    ]
    layout: dict[str, object] = {
        "showlegend": True,
        "bargap": 0.25,
        "margin": {"t": 40, "r": 14 + LETTER * max(map(len, bars["text"]), default=0)},
        "clickmode": "event+select",
        "xaxis": {
            "zeroline": not as_dots,
            "range": [low, high],
            "exponentformat": "none",
            "separatethousands": True,
            "nticks": 5,
        },
        "yaxis": _rows(rows, bars["unit"]),
    }
    return figure(traces, language=language, height=90 + BAR_HEIGHT * len(rows), layout=layout)


def matrix(cells: pd.DataFrame, language: Language, tone: Tone) -> Figure:
    """Rows of units by columns of indicators, each cell tinted with its rating's colour, with shape and index in it.

    `cells`: a row per unit and indicator, units from the top, indicators from the left; unit_code, unit,
    indicator_code, indicator, text, fill, hover, drill. Cells are bars of length one, a trace per indicator, because a
    heatmap's cells can't be clicked through Streamlit.
    """
    units = cells.drop_duplicates("unit_code")
    indicators = cells.drop_duplicates("indicator_code")
    layout = {
        "barmode": "stack",
        "bargap": 0.06,
        "clickmode": "event+select",
        "margin": {"t": 16},
        "xaxis": {
            "side": "top",
            "tickvals": [place + 0.5 for place in range(len(indicators))],
            "ticktext": [wrapped(name, 18, 2) for name in indicators["indicator"]],
            "tickangle": -90 if len(indicators) > 3 else 0,
            "range": [0, len(indicators)],
            "showgrid": False,
            "zeroline": False,
        },
        "yaxis": _rows(list(units["unit_code"]), units["unit"]),
    }
    columns = [_column(cells[cells["indicator_code"] == code], tone) for code in indicators["indicator_code"]]
    return figure(columns, language=language, height=150 + CELL_HEIGHT * len(units), layout=layout)


def dumbbells(dots: pd.DataFrame, target: str, language: Language, tone: Tone) -> Figure:
    """Rows of indicators, a mark per unit at its index, joined by a line; a line at 100 = on target.

    `dots`: a row per indicator and unit; indicator_code, indicator, unit, look (the unit's place among SERIES), index
    (NaN = no mark), hover, drill. `target` names the line.
    """
    indicators = dots.drop_duplicates("indicator_code")
    joins = [_join(rows, tone) for _, rows in dots.groupby("indicator_code", sort=False)]
    on_target = {
        "type": "scatter",
        "mode": "lines",
        "name": target,
        "x": [100] * len(indicators),
        "y": list(indicators["indicator_code"]),
        "line": {"color": QUIET[tone], "dash": "dash", "width": 1.5},
        "hoverinfo": "skip",
    }
    marks = [_unit(rows) for _, rows in dots.groupby("look", sort=True)]
    layout: dict[str, object] = {
        "showlegend": True,
        "margin": {"t": 40},
        "clickmode": "event+select",
        "xaxis": {"zeroline": False, "range": _around([100.0, *dots["index"].dropna()])},
        "yaxis": _rows(list(indicators["indicator_code"]), indicators["indicator"]),
    }
    return figure(
        [on_target, *joins, *marks], language=language, height=100 + BAR_HEIGHT * len(indicators), layout=layout
    )


def lie_far_from_zero(bars: pd.DataFrame) -> bool:
    """Whether bars from zero would look all alike."""
    known = bars[["value", "target", "before"]].to_numpy(np.float64)
    known = known[~np.isnan(known)]
    return len(known) > 0 and known.min() > FAR_FROM_ZERO * known.max() > 0


def span_of(bars: pd.DataFrame, is_cut: bool) -> tuple[float, float]:
    """Return an axis that holds all marks, with some air; from zero unless it is cut."""
    known = bars[["value", "target", "before", "low", "high"]].to_numpy(np.float64)
    low, high = float(np.nanmin(known)), float(np.nanmax(known))
    if not is_cut:
        low, high = min(low, 0.0), max(high, 0.0)
    width = high - low or 1.0
    return (low - 0.06 * width if is_cut or low < 0 else 0.0), high + 0.06 * width


def _around(places: list[float]) -> list[float]:
    """Return an axis with air on both sides of these places: what lies at an end is seen whole."""
    low, high = min(places), max(places)
    air = 0.06 * (high - low) or 1.0
    return [low - air, high + air]


def _texts(bars: pd.DataFrame, right: float, tone: Tone) -> dict[str, object]:
    """Return the values in words as a column in the margin at the right, where no mark covers them."""
    return {
        "type": "scatter",
        "mode": "text",
        "x": [right] * len(bars),
        "y": list(bars["unit_code"]),
        "text": [f" {said}" for said in bars["text"]],
        "textposition": "middle right",
        "textfont": {"size": 13, "color": TEXT[tone]},
        "showlegend": False,
        "cliponaxis": False,
        "hoverinfo": "skip",
    }


def _intervals(bars: pd.DataFrame, legend: Mapping[str, str], tone: Tone) -> list[dict[str, object]]:
    """Return a thin line from end to end of each value's interval."""
    known = bars[bars["low"].notna()]
    if known.empty:
        return []
    gap = np.full(len(known), np.nan)
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "name": legend["interval"],
            "x": np.column_stack([known["low"], known["high"], gap]).ravel(),
            "y": np.repeat(known["unit_code"].to_numpy(), 3),
            "line": {"color": QUIET[tone], "width": 2},
            "connectgaps": False,
            "hoverinfo": "skip",
        }
    ]


def _middle(rows: list[str], middle: float, legend: Mapping[str, str], tone: Tone) -> list[dict[str, object]]:
    if np.isnan(middle):
        return []
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "name": legend["middle"],
            "x": [middle] * len(rows),
            "y": rows,
            "line": {"color": QUIET[tone], "width": 1.5, "dash": "dot"},
            "hoverinfo": "skip",
        }
    ]


def _rows(codes: list[str], names: pd.Series) -> dict[str, object]:
    return {
        "type": "category",
        "range": [len(codes) - 0.5, -0.5],
        "categoryorder": "array",
        "categoryarray": codes,
        "tickvals": codes,
        "ticktext": [wrapped(name) for name in names],
        "showgrid": False,
    }


def _bars(bars: pd.DataFrame, legend: Mapping[str, str], tone: Tone) -> dict[str, object]:
    shapes = ["" if whole else "/" for whole in bars["is_whole"]]
    return {
        "type": "bar",
        "orientation": "h",
        "name": legend["value"],
        "x": bars["value"].to_numpy(np.float64),
        "y": list(bars["unit_code"]),
        "marker": {
            "color": list(bars["tint"]),
            "line": {"color": list(bars["colour"]), "width": 1.5},
            "pattern": {"shape": shapes, "fgcolor": QUIET[tone], "size": 5},
        },
        **_hovers(bars),
    }


def _dots(bars: pd.DataFrame, legend: Mapping[str, str]) -> dict[str, object]:
    shapes = [str(shape).removesuffix("-open") for shape in bars["shape"]]
    filled = bars["is_whole"] & ~bars["shape"].str.endswith("-open")
    symbols = [shape if full else f"{shape}-open" for shape, full in zip(shapes, filled, strict=True)]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": legend["value"],
        "x": bars["value"].to_numpy(np.float64),
        "y": list(bars["unit_code"]),
        "marker": {"color": list(bars["colour"]), "size": 12, "symbol": symbols, "line": {"width": 2}},
        "cliponaxis": False,
        **_hovers(bars),
    }


def _hovers(bars: pd.DataFrame) -> dict[str, object]:
    return {
        "customdata": [[code] for code in bars["unit_code"]],
        "hovertext": list(bars["hover"]),
        "hovertemplate": "%{hovertext}<extra></extra>",
        **ALWAYS_OPAQUE,
    }


def _marks(bars: pd.DataFrame, column: str, legend: Mapping[str, str], marker: dict[str, object]) -> dict[str, object]:
    known = bars[bars[column].notna()]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": legend[column],
        "x": known[column].to_numpy(np.float64),
        "y": list(known["unit_code"]),
        "marker": marker,
        "cliponaxis": False,
        **_hovers(known),
    }


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
        "textfont": {"size": 12, "color": TEXT[tone]},
        "customdata": [[drill] for drill in cells["drill"]],
        "hovertext": list(cells["hover"]),
        "hovertemplate": "%{hovertext}<extra></extra>",
        **ALWAYS_OPAQUE,
    }


def _join(rows: pd.DataFrame, tone: Tone) -> dict[str, object]:
    known = rows["index"].dropna()
    ends = [known.min(), known.max()] if len(known) else []
    return {
        "type": "scatter",
        "mode": "lines",
        "x": ends,
        "y": [rows["indicator_code"].iloc[0]] * len(ends),
        "line": {"color": QUIET[tone], "width": 2},
        "showlegend": False,
        "hoverinfo": "skip",
    }


def _unit(rows: pd.DataFrame) -> dict[str, object]:
    look = int(rows["look"].iloc[0])
    known = rows[rows["index"].notna()]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": str(rows["unit"].iloc[0]),
        "x": known["index"].to_numpy(np.float64),
        "y": list(known["indicator_code"]),
        "marker": {"color": SERIES[look % len(SERIES)], "symbol": MARKERS[look % len(MARKERS)], "size": 13},
        "customdata": [[drill] for drill in known["drill"]],
        "hovertext": list(known["hover"]),
        "hovertemplate": "%{hovertext}<extra></extra>",
        **ALWAYS_OPAQUE,
    }
