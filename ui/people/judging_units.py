"""The form for what a unit as a whole is judged at: entered by who keeps the list of employees, never computed."""

from __future__ import annotations

from typing import Final

import streamlit as st

from kpi.access import AllowedPeople, Right
from kpi.errors import KpiError
from kpi.intake.messages import translated
from kpi.intake.people.entering import enter_people
from kpi.people_model import OrganisationPredicate, UnitPredicate
from kpi.views.markdown import plain
from kpi.views.people import UnitPeople
from ui import loaders
from ui.gate import Page
from ui.people import opened

SAID: Final = "_unit-judged"
LONGEST: Final = 200


def draw(page: Page, people: AllowedPeople, view: UnitPeople) -> None:
    """Draw, folded, the form for the unit and round that are shown; nothing for who may not enter it."""
    t, unit = page.t, view.whole.unit
    opened.said_once(SAID)
    if not page.access.may(Right.MANAGE_PEOPLE, page.organisation.organisation_code):
        return
    key = f"up-{unit.unit_code}-{view.round.code}"
    with st.expander(t("Enter the predicate of {unit} as a whole", unit=plain(unit.name)), icon=":material/gavel:"):
        chosen = st.segmented_control(
            t("The unit's own predicate"),
            list(OrganisationPredicate),
            default=view.whole.predicate,
            format_func=t.label,
            key=f"{key}-predicate",
        )
        given_by = st.text_input(t("Given by (name or office)"), key=f"{key}-by", max_chars=LONGEST)
        st.caption(t("It is entered as it was given. Nothing computes it, and it changes nobody's predicate."))
        if st.button(t("Record the unit's predicate"), key=f"{key}-save", icon=":material/gavel:"):
            _record(page, people, view, chosen, (given_by or "").strip())


def _record(
    page: Page, people: AllowedPeople, view: UnitPeople, chosen: OrganisationPredicate | None, given_by: str
) -> None:
    t, organisation, of = page.t, page.organisation.organisation_code, view.round
    if chosen is None or not given_by:
        st.error(t("Choose the predicate, and say who gave it."), icon=":material/error:")
        return
    judged = UnitPredicate(
        organisation, view.whole.unit.unit_code, of.kind, of.start, of.end, OrganisationPredicate(chosen), given_by
    )
    seen = people.meta.record_version
    try:
        batch = enter_people(loaders.store_folder(), page.access, organisation, [judged], seen=seen)
    except KpiError as error:  # in place, so that what was chosen stays
        st.error(plain(translated(t, error)), icon=":material/error:")
        return
    said = t("{unit} is judged {predicate}.", unit=plain(view.whole.unit.name), predicate=t.label(judged.predicate))
    st.session_state[SAID] = said if batch else t("It stands so already: nothing was recorded.")
    st.rerun()
