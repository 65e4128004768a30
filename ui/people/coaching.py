"""The coaching list with persons: what is proposed and why, the way to each person, all follow-ups. Decides nothing."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from kpi.access import AllowedPeople, Right
from kpi.views import person_words as words
from kpi.views.markdown import plain
from kpi.views.people_coaching import Coaching, Proposed, coaching, staff_in, units_served, worsening_in
from ui import address, figure, loaders, pickers
from ui.gate import Page

ON_A_PAGE = 12


def draw(page: Page, people: AllowedPeople, unit_codes: Sequence[str]) -> None:
    """Draw the list of the persons in post in these units whom the reader may see."""
    t = page.t
    staff = staff_in(people, page.organisation.organisation_code, unit_codes)
    found = listed(page, people, staff)
    st.markdown(f"**{words.coaching_said(found, t)}** {t('It proposes; the superior decides.')}")
    if found.proposed:
        reason = pickers.pick_option("reason", words.reasons_said(found, t), t("Reason"), style="pills")
        shown = [each for each in found.proposed if reason in ("all", each.reason.value)]
        number = pickers.pick_page("listed", -(-len(shown) // ON_A_PAGE))
        for each in shown[(number - 1) * ON_A_PAGE : number * ON_A_PAGE]:
            _line(page, people, each)
        with st.expander(t("The whole coaching list as a table"), icon=":material/table:"):
            alt = words.coaching_said(found, t)
            name = f"coaching-{len(found.proposed)}"
            figure.show_table(words.coaching_table(found.proposed, t), key=name, alt=alt, t=t, file_name=name)
    if found.follow_ups:
        with st.expander(t("All follow-ups of these persons"), icon=":material/checklist:"):
            table = words.follow_ups_table(found.follow_ups, t)
            figure.show_table(table, key="followed", alt=t("A row per follow-up."), t=t, file_name="follow-ups")


def listed(page: Page, people: AllowedPeople, staff: pd.DataFrame) -> Coaching:
    """Return the coaching list of these rows of staff; which units' indicators get worse is asked through the cache."""
    organisation = page.organisation.organisation_code
    units = units_served(people, organisation, staff)
    worse = loaders.ask(worsening_in, page.snapshot, page.selection, units, page.profile)
    return coaching(people, organisation, staff, worse, page.profile)


def _line(page: Page, people: AllowedPeople, each: Proposed) -> None:
    t, organisation = page.t, page.organisation.organisation_code
    left, right = st.columns([5, 1], vertical_alignment="center")
    started = (
        ""
        if not each.open
        else " "
        + t("Open already: {follow_ups}.", follow_ups="; ".join(words.follow_up_said(one, t) for one in each.open))
    )
    left.markdown(
        f"**{plain(each.employee_name)}** · {t.label(each.reason)}: {words.why_listed(each, t)} "
        f"{t('Proposed: {kind}.', kind=t.label(each.kind))}{started}"
    )
    may_appraise = people.may(Right.APPRAISE, organisation, each.employee_code)
    query = address.parameters(
        people="staff" if may_appraise and each.superior_code else "person",
        employee=each.employee_code,
        superior=each.superior_code,
    )
    right.page_link("pages/people.py", label=t("Open"), query_params=query, icon=":material/person:")
