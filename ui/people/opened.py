"""The people's snapshot as this session may see it, and the parts of the page that its rights allow. Never cached."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import streamlit as st

from kpi.access import AllowedPeople, Right, allowed_people, has_people
from kpi.i18n import Translator, mark
from ui import faces, loaders, past
from ui.gate import Page

PARTS: Final[Mapping[str, tuple[Right, str]]] = {
    "unit": (Right.COUNT_PEOPLE, mark("Unit")),
    "person": (Right.READ_PERSON, mark("Person")),
    "staff": (Right.APPRAISE, mark("My staff")),
}
"""The parts of the page, the right that each needs, and what each is called."""


def parts(page: Page) -> dict[str, str]:
    """Return the parts that this reader may open; ends the page where there is none."""
    organisation, t = page.organisation.organisation_code, page.t
    found = {code: t(words) for code, (right, words) in PARTS.items() if page.access.may(right, organisation)}
    if not found:
        faces.empty(
            t("This page shows people's appraisals, and you may see none."),
            t("An administrator can give you a role that may."),
        )
    return found


def people_of(page: Page) -> AllowedPeople:
    """Return the newest private snapshot; ends the page where there is none. Raises StoreError for a broken one."""
    t, store = page.t, loaders.store_folder()
    if not has_people(store):
        faces.empty(
            t("This store holds no employees yet."),
            t("Import them: python -m kpi import FILE --organisation CODE --people employees"),
        )
    people = allowed_people(store, page.access)
    st.caption(t("Persons, appraisals and follow-ups as of {date}.", date=t.date(people.meta.today)))
    if past.is_on():
        faces.partly_missing(t("People are shown as of today, not as of the earlier day."))
    return people


def said_once(key: str) -> None:
    """Draw what the last entry did, once."""
    if said := st.session_state.pop(key, None):
        st.success(said, icon=":material/check_circle:")


def role_caption(t: Translator) -> None:
    """Say that looking at a person leaves a trace."""
    st.caption(t("Every look at a person's record is logged; the person can see who looked."))
