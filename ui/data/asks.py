"""The questions that files leave: each a choice among what it can mean, none of them made beforehand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import streamlit as st

from kpi.i18n import Translator
from kpi.intake import Ask, AskKind, Choice, Proposal, translated
from kpi.intake.messages import joined
from kpi.intake.sheets.headers import Role
from kpi.intake.sheets.mapping import NEW, DateOrder
from kpi.intake.sheets.numbers import NumberRule
from kpi.model import Polarity
from kpi.store.definitions import Definitions
from kpi.views.markdown import plain
from ui.data.words import DATES, ROLES, RULES

AT_ONCE: Final = 10
"""Questions that are put at once; the others follow when these are answered."""

Patch = Mapping[str, object]


def needed(t: Translator, proposal: Proposal) -> list[Patch]:
    """Draw the questions without whose answers nothing can be recorded; return the answers when they are given."""
    return _form(t, [ask for ask in proposal.asks if ask.is_needed], proposal, "needed")


def directions(t: Translator, proposal: Proposal) -> list[Patch]:
    """Draw, folded, the directions that may be confirmed; return those that are."""
    asks = [ask for ask in proposal.asks if not ask.is_needed]
    if not asks:
        return []
    title = t.plural("{n} direction to confirm", "{n} directions to confirm", len(asks))
    with st.expander(title, icon=":material/swap_vert:"):
        return _form(t, asks, proposal, "directions")


def _form(t: Translator, asks: Sequence[Ask], proposal: Proposal, name: str) -> list[Patch]:
    if not asks:
        return []
    with st.form(f"asks-{name}", border=True, enter_to_submit=False):
        if len(asks) > AT_ONCE:
            st.caption(t("{shown} of {n} questions; the others follow.", shown=AT_ONCE, n=t.number(len(asks))))
        given = [_answer(t, ask, proposal) for ask in asks[:AT_ONCE]]
        if not st.form_submit_button(t("Take these answers"), type="primary"):
            return []
    answers = [patch for patch in given if patch is not None]
    if not answers:
        st.warning(t("No question is answered yet."))
    return answers


def _answer(t: Translator, ask: Ask, proposal: Proposal) -> Patch | None:
    """Draw one question; return the part of a mapping that answers it, None while it is open."""
    words = plain(translated(t, ask.question))
    place = f"{plain(ask.sheet)} **{ask.cell}**" if ask.sheet and ask.cell else plain(ask.sheet or ask.file)
    label = f"{words} ({place})"
    key = f"ask-{ask.kind}-{ask.file}-{ask.sheet}-{ask.subject}"
    if ask.kind is AskKind.YEAR:
        year = st.number_input(label, 1900, 2200, None, 1, key=key, placeholder=t("Such as 2026"))
        return None if year is None else ask.patch_for(int(year))
    choices = {choice.label: choice for choice in (*ask.choices, *_others(ask, proposal.judgement.known.definitions))}
    code = st.selectbox(
        label,
        list(choices),
        None,
        format_func=lambda code: _said(t, ask, choices[code]),
        key=key,
        placeholder=t("Choose an answer"),
    )
    for choice in ask.choices:
        if choice.evidence:
            why = plain(translated(t, joined(choice.evidence)))
            st.caption(t("Proposed: {answer}, because {why}.", answer=_said(t, ask, choice), why=why))
    return None if code is None else choices[code].patch


def _others(ask: Ask, known: Definitions | None) -> list[Choice]:
    """Return the known units or indicators that are not close: a person may know better."""
    if known is None or ask.kind not in (AskKind.UNIT, AskKind.INDICATOR):
        return []
    near = {choice.label for choice in ask.choices}
    held = known.units if ask.kind is AskKind.UNIT else known.indicators
    return [Choice(code, each.name, ask.patch_for(code)) for code, each in held.items() if code not in near]


def _said(t: Translator, ask: Ask, choice: Choice) -> str:
    """Return a choice in words."""
    match ask.kind:
        case AskKind.UNIT | AskKind.INDICATOR if choice.label == NEW:
            return t("None of them: register “{name}” as new", name=choice.name)
        case AskKind.UNIT | AskKind.INDICATOR if choice.closeness is not None:
            alike = t("{number}% alike", number=t.number(choice.closeness))
            return f"{choice.name} ({choice.label}), {alike}"
        case AskKind.UNIT | AskKind.INDICATOR | AskKind.SHEET_UNIT:
            return f"{choice.name} ({choice.label})"
        case AskKind.DIRECTION:
            return t.label(Polarity(choice.label))
        case AskKind.NUMBERS:
            return f"{choice.name} · {t(RULES[NumberRule(choice.label)])}"
        case AskKind.DATES:
            return f"{choice.name} · {t(DATES[DateOrder(choice.label)])}"
        case AskKind.ROLE:
            return t(ROLES[Role(choice.label)])
        case AskKind.YEAR:
            return choice.name
