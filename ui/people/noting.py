"""Feedback notes on a person, and the form for the person's own."""

from __future__ import annotations

import streamlit as st

from kpi.access import AllowedPeople, Right
from kpi.errors import KpiError
from kpi.intake.messages import translated
from kpi.intake.people.entering import enter_people
from kpi.intake.people.forms import new_code
from kpi.people_model import FeedbackNote
from kpi.views import person_words as words
from kpi.views.markdown import plain
from kpi.views.person import Person
from ui import loaders
from ui.gate import Page
from ui.people import opened

SAID = "_note-said"
LONGEST = 2000


def draw(page: Page, people: AllowedPeople, of: Person) -> None:
    """Draw the notes, and the form where the reader is this person (or the single user of this machine)."""
    t, organisation = page.t, page.organisation.organisation_code
    st.subheader(t("Own feedback"), anchor=False)
    opened.said_once(SAID)
    for note in of.notes:
        st.markdown(words.note_said(note, t))
    if not of.notes:
        st.caption(t("There is none yet."))
    if not people.may(Right.NOTE, organisation, of.code):
        return
    key = f"note-{of.code}"
    st.text_area(t("A note on your own appraisal"), key=key, max_chars=LONGEST, persist_state="session")
    if st.button(t("Save the note"), key=f"{key}-save", icon=":material/edit_note:"):
        _save(page, people, of, str(st.session_state.get(key) or "").strip(), key)


def _save(page: Page, people: AllowedPeople, of: Person, text: str, key: str) -> None:
    t, organisation = page.t, page.organisation.organisation_code
    if not text:
        st.error(t("The note is empty: write it first."), icon=":material/error:")
        return
    taken = {note.code for note in of.notes}
    about = of.appraisals[0].end if of.appraisals else None
    code = new_code("UB", of.code, taken)
    note = FeedbackNote(organisation, code, of.code, of.code, people.meta.today, text, about)
    try:
        enter_people(loaders.store_folder(), page.access, organisation, [note], seen=people.meta.record_version)
    except KpiError as error:
        st.error(plain(translated(t, error)), icon=":material/error:")
        return
    st.session_state.pop(key, None)
    st.session_state[SAID] = t("The note is saved.")
    st.rerun()
