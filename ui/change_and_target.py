"""The overview's first part: the matrix change × target, the figures of the chosen cell, what really improved."""

from __future__ import annotations

from typing import Final

import streamlit as st

from kpi.i18n import Translator
from kpi.views import change_and_target_words as words
from kpi.views import numbers_words
from kpi.views.change_and_target import Aim, ChangeAndTarget, Judged, Move
from kpi.views.help_texts import Topic
from ui import address, pickers
from ui.help import beside

TRENDS: Final = "pages/trends.py"
CELL: Final = "cell"
PAGE: Final = "listed"
LISTED: Final = 6
IMPROVED: Final = 8
OPEN: Final = 4
"""So many of the improved ones are named; so many of these without unfolding, for the units come next."""
LOOK: Final = """<style>
[class*="st-key-cell-"] button { min-height: 3.25rem; padding: 0.2rem; line-height: 1.2; }
[class*="st-key-cell-"] button strong { font-size: 1.35rem; }
[class*="st-key-cell-"] button:disabled { border-style: dashed; }
.st-key-cell-worse-missed button:enabled { background: rgba(214, 39, 40, 0.24); border: 3px solid #c62828; }
[class*="st-key-cell-worse-"] button:enabled { border-color: #c62828; }
[class*="st-key-cell-better-"] button:enabled { border-color: #2e7d32; }
.st-key-judged [data-testid="stPageLink-NavLink"] > span:last-child,
.st-key-judged [data-testid="stPageLink-NavLink"] > span:last-child * { white-space: normal; }
</style>"""
"""Cells are as tall as a finger, the worst one stands out by its frame too; long names are read whole."""
CHOSEN: Final = (
    "<style>.st-key-cell-{code} button:enabled {{ outline: 3px solid currentColor; outline-offset: 2px; }}</style>"
)
"""The frame around the chosen cell; a key of its own would take the keyboard's place from the button."""


def show(seen: ChangeAndTarget, t: Translator) -> None:
    """Draw the matrix with the figures of the chosen cell below it; beside them what really improved."""
    chosen = _chosen(seen)
    st.html(LOOK + CHOSEN.format(code=_code(*chosen)))
    left, right = st.container(key="judged").columns([3, 2], gap="large")
    with left:
        st.subheader(t("Did it change, and is the target met?"), anchor=False)
        _matrix(seen, t)
        st.caption(words.counted(seen, t))
        beside(t, Topic.TWO_VERDICTS, numbers_words.two_verdicts(seen, t))
        _listed(seen.cell(*chosen), chosen, t)
    with right:
        _improved(seen.better, t)


def _chosen(seen: ChangeAndTarget) -> tuple[Move, Aim]:
    """Return the cell that the URL names, else the first one that a leader should look at."""
    known = {_code(move, aim): (move, aim) for move in seen.moves for aim in Aim}
    found = known.get(address.recall(CELL) or "")
    return found if found and seen.cell(*found) else seen.first_cell


def _matrix(seen: ChangeAndTarget, t: Translator) -> None:
    with st.grid(columns=1 + len(Aim), min_column_width=72, wrap=False, gap="xsmall", vertical_alignment="center"):
        for move in seen.moves:
            st.markdown(f"**{words.row_said(move, t)}**")
            for aim in Aim:
                count = len(seen.cell(move, aim))
                st.button(
                    f"**{t.number(count)}** {words.column_said(aim, t)}",
                    key=f"cell-{_code(move, aim)}",
                    help=words.cell_said(move, aim, t),
                    on_click=_choose,
                    args=(_code(move, aim),),
                    disabled=not count,
                    width="stretch",
                    wrap=True,
                )


def _listed(figures: tuple[Judged, ...], chosen: tuple[Move, Aim], t: Translator) -> None:
    """Draw the figures of the chosen cell, each with both verdicts and its way to Trends."""
    count = t.plural("{n} indicator", "{n} indicators", len(figures))
    st.markdown(f"##### {words.cell_said(*chosen, t)}: {count}")
    number = pickers.pick_page(PAGE, -(-len(figures) // LISTED) or 1)
    for figure in figures[(number - 1) * LISTED : number * LISTED]:
        with st.container(border=True, gap="xxsmall"):
            _link(figure, t)
            st.markdown(f"{words.target_line(figure, t)}  \n{words.change_line(figure, t)}")


def _improved(figures: tuple[Judged, ...], t: Translator) -> None:
    """Draw the figures whose improvement chance hardly explains."""
    st.subheader(t("✔ Really improved"), anchor=False)
    if not figures:
        st.markdown(t("No figure shows an improvement that is more than chance."))
        return
    st.caption(
        t("Found by the usual range of each figure; the largest steps first, the unit's own before those below.")
    )
    _improvements(figures[:OPEN], t)
    if folded := figures[OPEN:IMPROVED]:
        with st.expander(t.plural("{n} more", "{n} more", len(folded)), icon=":material/trending_up:"):
            _improvements(folded, t)
    if len(figures) > IMPROVED:
        more = len(figures) - IMPROVED
        st.caption(
            t("{n} more stand in the cells of the row “{row}”.", n=t.number(more), row=words.row_said(Move.BETTER, t))
        )


def _improvements(figures: tuple[Judged, ...], t: Translator) -> None:
    for figure in figures:
        with st.container(gap="xxsmall"):
            _link(figure, t)
            st.markdown(f":small[{words.improved_line(figure, t)}]")


def _link(figure: Judged, t: Translator) -> None:
    query = address.parameters(unit=figure.unit_code, units=figure.unit_code, indicator=figure.sheet.code)
    st.page_link(TRENDS, label=f"**{words.name(figure, t)}**", query_params=query, icon=":material/trending_up:")


def _choose(code: str) -> None:
    address.remember(CELL, code)
    address.remember(PAGE, None)
    st.session_state.pop(PAGE, None)


def _code(move: Move, aim: Aim) -> str:
    return f"{move.value}-{aim.value}"
