"""The overview's first part: the matrix change × target, the figures of the chosen cell, what really improved."""

from __future__ import annotations

from typing import Final

import streamlit as st

from kpi.i18n import Translator
from kpi.views import change_and_target_words as words
from kpi.views import overview_numbers
from kpi.views.change_and_target import Aim, ChangeAndTarget, Judged, Move
from kpi.views.help_texts import Topic
from ui import address, parts, pickers
from ui.help import beside

TRENDS: Final = "pages/trends.py"
CELL: Final = "cell"
PAGE: Final = "listed"
LISTED: Final = 6
IMPROVED: Final = 8
OPEN: Final = 4
"""So many of the improved ones are named; so many of these without unfolding, for the units come next."""


def show(seen: ChangeAndTarget, t: Translator) -> None:
    """Draw the matrix with the figures of the chosen cell below it; beside them what really improved."""
    chosen = _chosen(seen)
    left, right = st.columns([3, 2], gap="large")
    with left:
        st.subheader(t("Did it change, and is the target met?"), anchor=False)
        _matrix(seen, chosen, t)
        st.caption(words.counted(seen, t))
        beside(t, Topic.TWO_VERDICTS, overview_numbers.two_verdicts(seen, t))
        _listed(seen.cell(*chosen), chosen, t)
    with right:
        _improved(seen.better, t)


def _chosen(seen: ChangeAndTarget) -> tuple[Move, Aim]:
    """Return the cell that the URL names, else the first one that a leader should look at."""
    known = {_code(move, aim): (move, aim) for move in seen.moves for aim in Aim}
    found = known.get(address.recall(CELL) or "")
    return found if found and seen.cell(*found) else seen.first_cell


def _matrix(seen: ChangeAndTarget, chosen: tuple[Move, Aim], t: Translator) -> None:
    rows = []
    for move in seen.moves:
        rows.append(parts.tag("strong", words.row_said(move, t)))
        rows += [_cell(move, aim, seen, t, is_chosen=(move, aim) == chosen) for aim in Aim]
    parts.draw(rows, key="cells", look="kpi-cells", on_choice=_choose)


def _cell(move: Move, aim: Aim, seen: ChangeAndTarget, t: Translator, *, is_chosen: bool) -> parts.Tag:
    count = len(seen.cell(move, aim))
    return parts.tag(
        "button",
        parts.tag("strong", t.number(count)),
        f" {words.column_said(aim, t)}",
        look=f"kpi-{move.value} kpi-{aim.value}",
        data_code=_code(move, aim),
        aria_description=words.cell_said(move, aim, t),
        aria_pressed="true" if is_chosen else "false",
        disabled=not count,
    )


def _listed(figures: tuple[Judged, ...], chosen: tuple[Move, Aim], t: Translator) -> None:
    """Draw the figures of the chosen cell, each with both verdicts and its way to Trends."""
    count = t.plural("{n} indicator", "{n} indicators", len(figures))
    st.markdown(f"##### {words.cell_said(*chosen, t)}: {count}")
    number = pickers.pick_page(PAGE, -(-len(figures) // LISTED) or 1)
    listed = [
        parts.tag(
            "div",
            _link(figure, t),
            parts.tag("p", *parts.rich(f"{words.target_line(figure, t)}  \n{words.change_line(figure, t)}")),
        )
        for figure in figures[(number - 1) * LISTED : number * LISTED]
    ]
    parts.draw(listed, key="judged-figures", look="kpi-cards")


def _improved(figures: tuple[Judged, ...], t: Translator) -> None:
    """Draw the figures whose improvement chance hardly explains."""
    st.subheader(t("✔ Really improved"), anchor=False)
    if not figures:
        st.markdown(t("No figure shows an improvement that is more than chance."))
        return
    how = t("Found by the usual range of each figure; the largest steps first, the unit's own before those below.")
    drawn = [parts.tag("p", how, look="kpi-quiet"), *(_improvement(figure, t) for figure in figures[:OPEN])]
    if folded := figures[OPEN:IMPROVED]:
        summary = parts.tag("summary", t.plural("{n} more", "{n} more", len(folded)))
        drawn.append(parts.tag("details", summary, *(_improvement(figure, t) for figure in folded)))
    if len(figures) > IMPROVED:
        more, row = t.number(len(figures) - IMPROVED), words.row_said(Move.BETTER, t)
        rest = t("{n} more stand in the cells of the row “{row}”.", n=more, row=row)
        drawn.append(parts.tag("p", rest, look="kpi-quiet"))
    parts.draw(drawn, key="improved", look="kpi-list")


def _improvement(figure: Judged, t: Translator) -> parts.Tag:
    return parts.tag("div", _link(figure, t), parts.tag("p", *parts.rich(words.improved_line(figure, t))))


def _link(figure: Judged, t: Translator) -> parts.Link:
    changes: dict[str, str | None] = {
        "unit": figure.unit_code,
        "units": figure.unit_code,
        "indicator": figure.sheet.code,
    }
    return parts.Link(TRENDS, f"**{words.name(figure, t)}**", "trending_up", changes)


def _choose(code: str) -> None:
    address.remember(CELL, code)
    address.remember(PAGE, None)
    st.session_state.pop(PAGE, None)


def _code(move: Move, aim: Aim) -> str:
    return f"{move.value}-{aim.value}"
