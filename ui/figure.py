"""One way to draw a figure: in the reader's number format, with a text, its table as CSV, and clicks that lead on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import pandas as pd
import streamlit as st

from kpi.charts.theme import Figure, Tone
from kpi.i18n import Translator
from kpi.inert import inert_frame
from ui import past

NARROW: Final = 190
"""Pixels of a narrow column."""
CONFIG: Final[Mapping[str, object]] = {
    "displaylogo": False,
    "responsive": True,
    "scrollZoom": False,
    "displayModeBar": False,  # its buttons are English, and one would share the chart to a cloud
    "showSendToCloud": False,
}


def tone() -> Tone:
    """Return "dark" or "light": which of a rating's two tones the reader's theme needs."""
    return "dark" if st.context.theme.type == "dark" else "light"


def show(
    figure: Figure,
    *,
    key: str,
    alt: str,
    t: Translator,
    table: pd.DataFrame | None = None,
    file_name: str = "",
    drills: bool = False,
) -> str | None:
    """Draw a figure and, folded, the table it shows with its CSV.

    `alt` says in words what the figure shows. `table` has columns named and texts made for the reader. With `drills`
    a click returns the mark's first `customdata`, a code; the caller follows it (`address.follow`). `key` must change
    with what the figure shows, so that an old click is not read again.
    """
    event = st.plotly_chart(
        figure,
        key=key,
        alt=alt,
        config=dict(CONFIG),
        on_select="rerun" if drills else "ignore",
        selection_mode="points",
    )
    if table is not None:
        with st.expander(t("Table of this chart"), icon=":material/table:"):
            show_table(table, key=f"{key}-table", alt=alt, t=t, file_name=file_name or key)
    return _clicked(event) if drills else None


def show_table(
    table: pd.DataFrame, *, key: str, alt: str, t: Translator, file_name: str, narrow: str | None = None
) -> None:
    """Draw a table whose texts are made for the reader already, and the button for its CSV.

    `narrow` names a column of long texts that leaves a telephone room for the others.
    """
    widths = {narrow: st.column_config.TextColumn(width=NARROW)} if narrow else None
    st.dataframe(table, hide_index=True, key=key, alt=alt, placeholder="–", column_config=widths)
    st.download_button(
        t("Download as CSV"),
        inert_frame(table).to_csv(index=False).encode("utf-8-sig"),  # the mark lets Excel read the letters right
        file_name=f"{file_name}{past.file_mark()}.csv",
        mime="text/csv",
        key=f"{key}-csv",
        on_click="ignore",
        icon=":material/download:",
    )


def _clicked(event: object) -> str | None:
    """Return the first custom datum of the first selected mark, or None."""
    points = event["selection"]["points"] if isinstance(event, Mapping) else []
    data = points[0].get("customdata") if points else None
    if isinstance(data, Mapping):
        data = list(data.values())
    return str(data[0] if isinstance(data, (list, tuple)) else data) if data else None
