"""The form of an appraisal: the superior's judgement, and at once what follows from it by the matrix.

Nothing here reads an indicator. What was chosen stays until it is recorded, whatever page is looked at meanwhile.
"""

from __future__ import annotations

from typing import Final

import streamlit as st

from kpi.access import AllowedPeople
from kpi.errors import KpiError
from kpi.i18n import Translator
from kpi.intake.messages import translated
from kpi.intake.people.entering import enter_people
from kpi.people_model import Appraisal, CoreValue, Level
from kpi.views import judging, people_words
from kpi.views import person_words as words
from kpi.views.markdown import plain
from kpi.views.people import Round
from kpi.views.person import Judged, Person
from ui import loaders, past
from ui.gate import Page

SAID: Final = "_appraised"
LONGEST: Final = 2000


def draw(page: Page, people: AllowedPeople, of: Person, about: Round, superior: str) -> None:
    """Draw the form for one person and round; a sound one is recorded, published and said."""
    t, key = page.t, f"ap-{of.code}-{about.code}"
    st.markdown(f"**{people_words.round_said(about, page.organisation.year_starts_in, t)}**")
    _begin(key, _standing(of, about), people)
    work = _level(t, t("Work result"), f"{key}-work")
    behaviour = _level(t, t("Behaviour"), f"{key}-behaviour")
    with st.expander(t("The seven core values (notes beside the judgement)"), expanded=True):
        values = {value: _level(t, t.label(value), f"{key}-{value}") for value in CoreValue}
    note = st.text_area(t("Note"), key=f"{key}-note", max_chars=LONGEST, persist_state="session")
    follows = judging.follows(work, behaviour)
    if follows is not None:
        st.markdown(words.matrix_said(follows, t))
    if found := judging.contradiction(behaviour, values):
        st.warning(t(found), icon=":material/help:")
    if past.is_on():
        st.info(t("Nothing can be entered while an earlier day is shown. Go back to today first."))
        return
    left, right = st.columns(2)
    is_asked = left.button(
        t("Record the appraisal"), key=f"{key}-save", type="primary", icon=":material/gavel:", disabled=follows is None
    )
    if right.button(t("Start the form anew"), key=f"{key}-anew", type="tertiary"):
        _forget(key)
        st.rerun()
    if is_asked and work and behaviour:
        _record(page, of, about, superior, key, (work, behaviour, values, (note or "").strip()))


def _standing(of: Person, about: Round) -> Judged | None:
    return next((each for each in of.appraisals if (each.kind, each.end) == (about.kind, about.end)), None)


def _begin(key: str, known: Judged | None, people: AllowedPeople) -> None:
    """Set what the form holds when it is drawn for the first time, and what was the newest entry then."""
    start: dict[str, object] = {
        "work": known.work_result if known else None,
        "behaviour": known.behaviour if known else None,
        **{value: known.values.get(value) if known else None for value in CoreValue},
        "note": (known.note or "") if known else "",
        "seen": people.meta.record_version,
    }
    for name, value in start.items():
        st.session_state.setdefault(f"{key}-{name}", value)


def _level(t: Translator, label: str, key: str) -> Level | None:
    chosen = st.segmented_control(label, list(Level), format_func=t.label, key=key, persist_state="session")
    return Level(chosen) if chosen else None


def _record(
    page: Page,
    of: Person,
    about: Round,
    superior: str,
    key: str,
    judged: tuple[Level, Level, dict[CoreValue, Level | None], str],
) -> None:
    t, organisation = page.t, page.organisation.organisation_code
    work, behaviour, values, note = judged
    appraisal = Appraisal(
        organisation, of.code, about.kind, about.start, about.end, superior, work, behaviour,
        **{value.value: level for value, level in values.items()},  # pyright: ignore[reportArgumentType] — seven levels
        note=note or None,
    )  # fmt: skip
    try:
        seen = st.session_state.get(f"{key}-seen")
        batch = enter_people(loaders.store_folder(), page.access, organisation, [appraisal], seen=seen)
    except KpiError as error:  # in place, so that what was chosen stays
        st.error(plain(translated(t, error)), icon=":material/error:")
        return
    _forget(key)
    follows = judging.follows(work, behaviour)
    said = t("{name} is appraised: {predicate}.", name=plain(of.name), predicate=t.label(follows) if follows else "")
    st.session_state[SAID] = said if batch else t("It stands so already: nothing was recorded.")
    st.rerun()


def _forget(key: str) -> None:
    for name in ("work", "behaviour", *CoreValue, "note", "seen"):
        st.session_state.pop(f"{key}-{name}", None)
