"""How to state a good indicator: a draft with live findings by the letters of SMART-C."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import nan
from typing import Final

import streamlit as st

from kpi.i18n import Translator, mark
from kpi.intake import translated
from kpi.intake.drafts import BEFORE, TARGET, draft_in
from kpi.intake.statement_body import Body, known_body
from kpi.model import Indicator
from kpi.periods import Period
from kpi.scoring.profile import RuleProfile
from kpi.views import smart_words as words
from kpi.views.definitions import definitions_of
from kpi.views.indicators_words import FIELDS
from kpi.views.markdown import plain
from kpi.views.smart import Criterion, Draft, Note, reached_before, smart_notes
from ui import address, loaders, pickers
from ui.data import sheet_fields
from ui.gate import Page


@dataclass(frozen=True, slots=True)
class Start:
    """A draft to begin from: what it is called, and its texts (message ids where they are words)."""

    words: str
    fields: Mapping[str, str]
    target: str = ""
    before: str = ""


_LEVELS: Final = {"validity_level": "proxy", "control_level": "moderate"}
WEAK: Final = "_weak"
GOOD: Final = "_good"
STARTS: Final[dict[str, Start]] = {
    WEAK: Start(
        mark("A weak draft, to mend"),
        {
            "name": mark("Improving optimal service and public satisfaction by 90%"),
            "definition": mark("Public satisfaction"),
            "unit_of_measure": "%",
            "formula": mark("From the survey"),
            "grain": "year",
            "validity_level": "activity",
            "control_level": "low",
        },
    ),
    GOOD: Start(
        mark("A good draft, to compare with"),
        {
            "name": mark("Waiting time of outpatients"),
            "definition": mark(
                "Minutes from registration to the first contact with a doctor, all outpatients of working days, "
                "emergencies left out"
            ),
            "unit_of_measure": mark("minutes"),
            "polarity": "minimize",
            "formula": mark("Sum of the minutes ÷ number of outpatients"),
            "data_source": mark("Register of the registration desk"),
            "responsible": mark("Head of outpatient services"),
            "baseline": "64 (2025)",
            "grain": "month",
            **_LEVELS,
        },
        "45",
        "58",
    ),
    "": Start(mark("An empty draft"), {"grain": "quarter"}),
}
LEFT: Final = ("name", "definition", "unit_of_measure", "polarity", "formula", "data_source")
RIGHT: Final = ("responsible", "validity_level", "control_level", "grain", "baseline")
SPECIAL: Final = ("lowest_possible", "highest_possible", "worst_value", "conversion_scale")
WORDY: Final = ("name", "definition", "unit_of_measure", "formula", "data_source", "responsible")
"""Fields whose texts are words of a language; the others hold codes and numbers."""
_SHEET: Final = (*LEFT, *RIGHT, *SPECIAL)


def section(page: Page) -> None:
    """Draw a draft's fields and, beside them, what each letter says of it; both move together."""
    t = page.t
    st.markdown(t("Type a draft, or mend one. What you see at the right follows each field that you leave."))
    known = loaders.ask(definitions_of, page.snapshot, page.organisation.organisation_code)
    starts = {code: t(start.words) for code, start in STARTS.items()}
    sheets = {code: t("The sheet of {name}", name=each.name) for code, each in known.items()}
    code = pickers.pick_option("draft", {**starts, **sheets}, t("Begin from"), default=WEAK)
    start = STARTS[code] if code in STARTS else _of_sheet(known[code], t)
    left, right = st.columns([3, 2], gap="large")
    with left:
        draft, faults = _typed(t, f"smart-{code}-{t.language}", start, known)
    with right:
        verdicts(draft, page.profile, t)
        for place, why in faults:
            name = {TARGET: t("Target"), BEFORE: t("Last value")}.get(place) or (
                t(FIELDS[place]) if place in FIELDS else place
            )
            st.warning(f"**{name}**: {plain(translated(t, why))}", icon=":material/error:")
        st.page_link("pages/data.py", label=t("State it for your unit"), icon=":material/draft:",
                     query_params=address.parameters(part="stating"))  # fmt: skip


def of_statement(page: Page, pair: tuple[str, str], year: Period, body: Body) -> None:
    """Draw, folded, what SMART-C says of what stands in a form; `pair`: unit and indicator."""
    t, organisation = page.t, page.organisation.organisation_code
    with st.expander(t("Is it a good indicator? SMART-C"), icon=":material/fact_check:"):
        known = loaders.ask(definitions_of, page.snapshot, organisation)
        before = loaders.ask(reached_before, page.snapshot, organisation, pair, year)
        draft, _ = draft_in(body.fields, body.targets.get(year.code, ""), before, known)
        verdicts(draft, page.profile, t)
        st.caption(t("It speaks of what was kept last. Try changes out, and see at once what they do:"))
        code = pair[1] if pair[1] in known else WEAK
        query = address.parameters(help="smart", draft=code)
        st.page_link("pages/help.py", label=t("Check a draft"), icon=":material/arrow_forward:", query_params=query)


def verdicts(draft: Draft, profile: RuleProfile, t: Translator) -> None:
    """Draw what SMART-C says of a draft: one sentence, then a box for each letter."""
    notes = smart_notes(draft, profile)
    st.markdown(f"##### {words.verdict(notes, t)}")
    for criterion in Criterion:
        _letter(criterion, notes, t)
    if said := words.quality(draft.indicator, t):
        st.caption(said)
    st.caption(words.behind(t))


def _letter(criterion: Criterion, notes: Sequence[Note], t: Translator) -> None:
    own = [note for note in notes if note.criterion is criterion]
    with st.container(border=True, gap="xxsmall", key=f"smart-{criterion.value}"):
        st.markdown(words.heading(criterion, notes, t))
        if own:
            st.markdown("\n".join(f"- {words.line(note, t)}" for note in own))


def _of_sheet(indicator: Indicator, t: Translator) -> Start:
    """Return a draft that begins from a sheet that stands."""
    return Start("", known_body(indicator, {}, nan, t.language).fields)


def _typed(t: Translator, key: str, start: Start, known: Mapping[str, Indicator]) -> tuple[Draft, list]:
    """Draw the fields with what they begin from; return the draft that they make, and what can't be read."""
    given = {name: start.fields.get(name, "") for name in _SHEET}
    texts = {name: t(text) if start.words and text and name in WORDY else text for name, text in given.items()}
    fields = {name: sheet_fields.field(t, f"{key}-{name}", name, texts[name]) for name in LEFT}
    columns = st.columns(2)
    aimed = ((TARGET, t("Target"), start.target), (BEFORE, t("Last value"), start.before))
    numbers = {}
    for column, (name, label, text) in zip(columns, aimed, strict=True):
        st.session_state.setdefault(f"{key}-{name}", text)
        numbers[name] = column.text_input(label, key=f"{key}-{name}")
    fields |= {name: sheet_fields.field(t, f"{key}-{name}", name, texts[name]) for name in RIGHT}
    with st.expander(t("Special rules of scoring")):
        fields |= {name: sheet_fields.field(t, f"{key}-{name}", name, texts[name]) for name in SPECIAL}
    return draft_in(fields, numbers[TARGET], numbers[BEFORE], known)
