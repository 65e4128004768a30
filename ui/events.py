"""The form for an event: what happened, when, what it concerns. Errors stand beneath each field; nothing is lost."""

from __future__ import annotations

from typing import Final

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from kpi.errors import KpiError
from kpi.i18n import Translator
from kpi.intake.entered import Entry, enter_event, faults_of_entry
from kpi.intake.messages import translated
from kpi.model import EventKind
from kpi.store.publish import publish
from kpi.views.event_words import EVENT_KINDS, FIELDS, saved_said, scopes
from kpi.views.markdown import plain
from kpi.views.trends import Trend
from ui.folded import folded
from ui.gate import Page
from ui.loaders import store_folder

SAID: Final = "event-said"
FORM: Final = "event-form"
"""Counts the forms of a session: after an event is saved, the next one is blank."""


def form(page: Page, trend: Trend) -> None:
    """Draw, folded, the form for an event of this chart; a sound one is recorded, published and shown."""
    t = page.t
    if said := st.session_state.pop(SAID, None):
        st.success(said, icon=":material/event_available:")
    number = st.session_state.setdefault(FORM, 0)
    place = folded(t("Enter an event"), key="event-folded", icon=":material/add_circle:", stays=True)
    if not place:
        return
    with place, st.form(f"event-{number}", border=False, enter_to_submit=False):
        st.caption(t("What happened that a reader of these figures should know: a programme, another definition."))
        entry, beneath = _fields(trend, number, t)
        if st.form_submit_button(t("Save the event"), type="primary"):
            _save(page, trend, entry, beneath)


def _fields(trend: Trend, number: int, t: Translator) -> tuple[Entry, dict[str, DeltaGenerator]]:
    """Draw the fields and, beneath each, the place of its error; return what they hold, and those places."""
    beneath: dict[str, DeltaGenerator] = {}

    def written(column: str, placeholder: str | None = None) -> str:
        text = st.text_input(t(FIELDS[column]), key=f"event-{column}-{number}", placeholder=placeholder)
        beneath[column] = st.empty()
        return text

    left, right = st.columns(2)
    with left:
        happened_on = written("happened_on", "2026-09-30")
        author = written("author")
    with right:
        kinds = list(EventKind)
        key = f"event-kind-{number}"
        kind = st.selectbox(t(FIELDS["kind"]), kinds, format_func=lambda each: t(EVENT_KINDS[each]), key=key)
    text = written("text")
    concerns = {code: plain(words) for code, words in scopes(trend, t).items()}
    scope = st.radio(t("It concerns"), list(concerns), format_func=concerns.__getitem__, key=f"event-scope-{number}")
    rebases = st.checkbox(
        t("The usual range starts anew: figures before and after can't be compared"), key=f"event-rebases-{number}"
    )
    codes = tuple(unit.unit_code for unit in trend.units)
    entry = Entry(
        happened_on=happened_on,
        kind=kind,
        text=text,
        author=author,
        unit_codes=codes if scope in ("this", "units") else (),
        indicator_code=trend.sheet.code if scope in ("this", "indicator") else None,
        rebases_limits=rebases,
    )
    return entry, beneath


def _save(page: Page, trend: Trend, entry: Entry, beneath: dict[str, DeltaGenerator]) -> None:
    t = page.t
    faults = faults_of_entry(entry)
    for column, message in faults.items():
        beneath[column].error(_begun(translated(t, message)))
    if faults:
        return
    try:
        with st.spinner(t("Saving and publishing …")):
            event, batch = enter_event(store_folder(), page.access, page.organisation.organisation_code, entry)
            publish(store_folder())
    except KpiError as error:  # in place, so that what was written in the form stays
        st.error(plain(translated(t, error)))
        return
    st.session_state[SAID] = saved_said(trend, event, is_new=batch is not None, t=t)
    st.session_state[FORM] += 1
    st.rerun()


def _begun(said: str) -> str:
    """Return what is said of a field as a sentence of its own."""
    return plain(said[:1].upper() + said[1:])
