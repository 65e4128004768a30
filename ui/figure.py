"""One way to draw a figure: in the reader's number format, with a text, its table to keep, and clicks that lead on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

import pandas as pd
import streamlit as st
from streamlit.elements.lib.column_config_utils import ColumnConfigMappingInput

from kpi.charts.theme import Tone
from kpi.i18n import Language, Translator
from kpi.inert import inert_frame
from kpi.reports.formats import Format
from kpi.views.glossary import meaning_of
from ui import chart, past
from ui.chart import Drawing
from ui.folded import folded

NARROW: Final = 220
"""Pixels of a narrow column."""
UNEVEN: Final = 1.6
"""From this many times the average on, a text counts as an outlier to the browser (it leaves out twice the average)."""
PER_LETTER: Final = 7.3
MARGIN: Final = 22
WIDEST: Final = 420
"""Pixels: of a letter on average, of a cell's margins, of the widest column."""


@dataclass(frozen=True, slots=True)
class Look:
    """For whom a figure is drawn: what tells apart two drawings of the same answer."""

    language: Language
    tone: Tone

    @property
    def translator(self) -> Translator:
        """The words of its language."""
        return Translator(self.language)


def look(t: Translator) -> Look:
    """Return how this reader's figures look."""
    return Look(t.language, tone())


def tone() -> Tone:
    """Return "dark" or "light": which of a rating's two tones the reader's theme needs."""
    return "dark" if st.context.theme.type == "dark" else "light"


def show(
    drawing: Drawing,
    *,
    key: str,
    t: Translator,
    table: Callable[[], pd.DataFrame] | None = None,
    file_name: str = "",
    drills: bool = False,
) -> str | None:
    """Draw a figure and, folded, the table it shows with its CSV.

    `table` makes a frame with columns named and texts made for the reader, once someone opens it. With `drills` a click
    returns the mark's first `customdata`, a code, in the run that it starts; the caller follows it (`address.follow`).
    `key` names the figure's place on the page and stays when it shows something else: then the plot
    is updated where it stands.
    """
    words = {"png": t("Download as PNG"), "svg": t("Download as SVG")}
    name = f"{file_name or key}{past.file_mark()}"
    clicked = chart.draw(drawing, key=key, drills=drills, words=words, name=name)
    if table is not None:
        place = folded(t("Table of this chart"), key=f"{key}-folded", icon=":material/table:")
        if place:
            with place:
                show_table(table(), key=f"{key}-table", alt=drawing.alt, t=t, file_name=file_name or key)
    return clicked


def show_table(
    table: pd.DataFrame,
    *,
    key: str,
    alt: str,
    t: Translator,
    file_name: str,
    narrow: str | None = None,
    whole: Callable[[], pd.DataFrame] | None = None,
) -> None:
    """Draw a table whose texts are made for the reader already, and the buttons for its files.

    `narrow` names a column of long texts that leaves a telephone room for the others. `whole` makes the table for the
    files where `table` is but its first rows.
    """
    st.dataframe(table, hide_index=True, key=key, alt=alt, placeholder="–", column_config=_columns(table, narrow, t))
    keep = st.container(horizontal=True, gap="small")
    keep.download_button(
        t("Download as CSV"),
        partial(_csv, whole or table),  # both are made when they are asked for
        file_name=f"{file_name}{past.file_mark()}.csv",
        mime="text/csv",
        key=f"{key}-csv",
        on_click="ignore",
        icon=":material/download:",
    )
    keep.download_button(
        t("Download for Excel"),
        partial(_workbook, whole or table, t.language),
        file_name=f"{file_name}{past.file_mark()}.xlsx",
        mime=Format.XLSX.media_type,
        key=f"{key}-xlsx",
        on_click="ignore",
        icon=":material/table_view:",
    )


def _csv(table: pd.DataFrame | Callable[[], pd.DataFrame]) -> bytes:
    whole = table() if callable(table) else table
    return inert_frame(whole).to_csv(index=False).encode("utf-8-sig")  # the mark lets Excel read the letters right


def _workbook(table: pd.DataFrame | Callable[[], pd.DataFrame], language: Language) -> bytes:
    from kpi.reports.table import table_workbook  # loads for a while; most readers keep no workbook

    return table_workbook(table() if callable(table) else table, language)


def _columns(table: pd.DataFrame, narrow: str | None, t: Translator) -> ColumnConfigMappingInput:
    """Return how columns look: how wide some are, and what each means whose name is a word of the glossary."""
    looks: dict[str, tuple[int | None, str | None]] = {
        str(name): (NARROW if name == narrow else _width(table[name]) if place else None, meaning_of(str(name), t))
        for place, name in enumerate(table)  # the first is left as it is: a telephone must have room for the second
    }
    return {
        name: st.column_config.Column(width=width, help=meaning)
        for name, (width, meaning) in looks.items()
        if meaning or width
    }


def _width(cells: pd.Series) -> int | None:
    """Return the width of a column in which few texts are long; the browser would measure the many and cut these."""
    lengths = [len(cell) for cell in cells.tolist() if isinstance(cell, str)]
    average = sum(lengths) / max(len(cells), 1)
    if not lengths or max(lengths) < UNEVEN * max(average, 1.0):
        return None
    longest = max(max(lengths), len(str(cells.name)) + 2)  # the name may have a sign that explains it
    return min(MARGIN + round(PER_LETTER * longest), WIDEST)
