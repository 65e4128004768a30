"""Leads a figure to its reports: file, sheet and cell or line, batch, who, when, why; and on to the batch."""

from __future__ import annotations

from typing import Final

import streamlit as st

from kpi.views import sources_words as words
from kpi.views.markdown import plain
from kpi.views.sources import sources_of
from ui import address, figure, loaders
from ui.folded import folded
from ui.gate import Page

BATCHES: Final = 3
"""Batches that a link leads to; the table names all."""


def draw(page: Page, indicator_code: str, unit_code: str, unit_name: str) -> None:
    """Draw, folded, the reports behind a unit's figure of the chosen period, and the ways to their batches."""
    t = page.t
    period = t.period(page.selection.period, to_date=page.selection.to_date)
    label = t("File, cell and batch: {unit}, {period}", unit=plain(unit_name), period=period)
    place = folded(label, key=f"sources-folded-{unit_code}", icon=":material/description:")
    if not place:
        return
    found = loaders.ask(sources_of, page.snapshot, page.selection, indicator_code, unit_code)
    with place:
        said = words.sentence(found, t)
        st.markdown(said)
        if not found.lines:
            return
        name = f"{indicator_code}-{unit_code}-{page.selection.period.code}-sources"
        figure.show_table(words.table(found, t), key=name, alt=said, t=t, file_name=name)
        links = st.container(horizontal=True)
        for number in found.batches[:BATCHES]:
            query = address.parameters(part="history", book="batches", batch=str(number))
            label = t("Batch {number} in the history", number=number)
            links.page_link("pages/data.py", label=label, query_params=query, icon=":material/history:")
