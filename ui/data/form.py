"""A form for a few figures: a row per indicator that is due, checked and recorded as a file of them would be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd
import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from kpi.errors import KpiError
from kpi.i18n import MISSING, Translator, mark
from kpi.intake import translated
from kpi.intake.form import FIELDS, FormFinding, FormProposal, FormRow, form_proposal, known_texts
from kpi.intake.sheets.findings import Severity
from kpi.intake.templates.content import Entry, content_of
from kpi.model import Verification
from kpi.periods import Period
from kpi.views.markdown import plain
from kpi.views.period_states import state_in
from ui import faces, loaders, past, pickers
from ui.data import steps, template
from ui.data.words import SEVERITIES
from ui.gate import Page

_KEPT: Final = "_form-kept"
_CHECKED: Final = "_form-checked"
_OUTCOME: Final = "_form-outcome"
LABELS: Final[dict[str, str]] = {
    "target": mark("Target"),
    "value": mark("Value"),
    "numerator": mark("Numerator"),
    "denominator": mark("Denominator"),
    "note": mark("Note"),
}
NAME_WIDTH: Final = 210
"""Pixels: on a phone the fields beside a name are still seen."""
_SHOWN: Final = ("indicator", "period", "measure", "last")
Texts = dict[str, str]


@dataclass(slots=True)
class _Kept:
    """One form of this session: its fields as they were known, as the editor got them, and as they stand now."""

    known: list[Texts]
    base: list[Texts]
    typed: list[Texts]
    language: str
    number: int = 0


def section(page: Page) -> None:
    """Draw the form, then what would change, and at last what did."""
    t = page.t
    if past.is_on():
        st.info(t("Figures can't be entered while an earlier day is shown. Go back to today first."))
        return
    if outcome := st.session_state.get(_OUTCOME):
        steps.changed(page, outcome, "form")
        again = t("Enter more figures")
        st.button(again, on_click=lambda: st.session_state.pop(_OUTCOME), icon=":material/edit:", key="form-more")
        return
    st.caption(
        t(
            "For a few figures. What is known already stands in the fields; change or fill in the others. A field left "
            "empty adds nothing and takes nothing back: leave it so while a figure is not known."
        )
    )
    unit, period = _choices(page)
    content = loaders.ask(content_of, page.snapshot, page.organisation.organisation_code, unit, period)
    entries = tuple(entry for entry in content.entries if entry.filling.is_asked)
    if not entries:
        faces.empty(
            t("No indicator of this unit is due in {period}.", period=t.period(period)),
            t("Choose another period, or state the unit's indicators first."),
        )
    if made := len(content.entries) - len(entries):
        said = t.plural(
            "{n} more is made from the units below or from other indicators.",
            "{n} more are made from the units below or from other indicators.",
            made,
        )
        faces.partly_missing(said)
    rows = _rows(page, entries, f"{unit}/{period.code}")
    _check(page, rows)


def _choices(page: Page) -> tuple[str, Period]:
    left, middle, right = st.columns([3, 2, 2], vertical_alignment="bottom")
    with left:
        unit = pickers.pick_unit(page.t, page.snapshot.units(page.organisation.organisation_code))
    return unit, template.pick_period(page, middle, right)


def _rows(page: Page, entries: Sequence[Entry], place: str) -> list[FormRow]:
    """Draw the fields; return what stands in them. What was typed is kept for the session, place by place."""
    t = page.t
    forms: dict[str, _Kept] = st.session_state.setdefault(_KEPT, {})
    kept = forms.get(place)
    if kept is None or len(kept.known) != len(entries):
        known = [known_texts(entry, t.language) for entry in entries]
        kept = forms[place] = _Kept(known, known, known, t.language)
    elif f"form-{place}-{kept.number}" not in st.session_state or kept.language != t.language:
        # Streamlit forgets an editor that isn't drawn, or whose words change: it starts again from what was typed.
        kept.base, kept.language, kept.number = kept.typed, t.language, kept.number + 1
    shown = [_shown(page, entry) for entry in entries]
    edited = st.data_editor(
        pd.DataFrame([{**fixed, **texts} for fixed, texts in zip(shown, kept.base, strict=True)], dtype="str"),
        key=f"form-{place}-{kept.number}",
        column_config=_columns(t),
        column_order=(*_SHOWN, *FIELDS),
        hide_index=True,
        num_rows="fixed",
        alt=t("Figures to fill in: a row per indicator."),
    )
    kept.typed = [_texts(row) for row in edited.to_dict("records")]
    return [
        FormRow(entry.unit_code, entry.indicator, entry.period, known, texts)
        for entry, known, texts in zip(entries, kept.known, kept.typed, strict=True)
    ]


def _texts(row: Mapping) -> Texts:
    """Return a row's fields as texts; an emptied one comes back as None."""
    return {name: "" if pd.isna(row[name]) else str(row[name]) for name in FIELDS}


def _shown(page: Page, entry: Entry) -> Texts:
    """Return what a row shows beside its fields."""
    t, indicator = page.t, entry.indicator
    organisation = page.organisation.organisation_code
    state = loaders.ask(state_in, page.snapshot, organisation, entry.unit_code, entry.period)
    sign = {Verification.LOCKED: "🔒 ", Verification.VERIFIED: "✓ "}.get(state, "")
    last = t.measure(entry.last, "", indicator.decimals)
    return {
        "indicator": f"{sign}{indicator.name}",
        "period": t.period(entry.period),
        "measure": indicator.unit_of_measure,
        "last": f"{last} ({t.period(entry.last_period)})" if entry.last_period else MISSING,
    }


def _columns(t: Translator) -> dict[str, ColumnConfig]:
    number = t("As you write it: 97,5 or 97.5; no marks between thousands.")
    text = st.column_config.TextColumn
    return {
        "indicator": text(t("Indicator"), width=NAME_WIDTH, disabled=True, pinned=True),
        "period": text(t("Period"), disabled=True),
        "measure": text(t("Unit of measure"), width="small", disabled=True),
        "last": text(t("Last value"), disabled=True),
        **{name: text(t(LABELS[name]), help=number) for name in FIELDS[:-1]},
        "note": text(t(LABELS["note"]), max_chars=500),
    }


def _check(page: Page, rows: Sequence[FormRow]) -> None:
    """Draw the button that checks, and what the check of these very fields found."""
    t = page.t
    texts = tuple(tuple(row.texts.values()) for row in rows)
    touched = sum(row.is_touched for row in rows)
    label = t.plural("Check {n} row", "Check {n} rows", touched)
    if st.button(label, key="form-check", type="secondary", disabled=not touched, icon=":material/fact_check:"):
        try:
            found = form_proposal(loaders.store_folder(), page.access, page.organisation.organisation_code, rows)
        except KpiError as error:
            st.error(plain(translated(t, error)))
            return
        st.session_state[_CHECKED] = (texts, found)
    checked: tuple[tuple, FormProposal] | None = st.session_state.get(_CHECKED)
    if checked is None or not touched:
        return
    if checked[0] != texts:
        st.caption(t("Fields were changed since the last check: check them again."))
        return
    _found(page, rows, checked[1])


def _found(page: Page, rows: Sequence[FormRow], found: FormProposal) -> None:
    """Draw the findings; of a sound form also the difference, the reason and the button that records it."""
    t = page.t
    if found.is_refused:
        st.error(t("Nothing can be recorded yet. Mend what is said below; everything typed stays."))
    order = list(Severity)
    findings = sorted(found.findings, key=lambda one: order.index(one.severity))
    if findings:
        st.markdown("\n".join(f"- {_said(one, rows, t)}" for one in findings))
    if found.proposal is None or found.is_refused:
        return
    steps.difference(page, found.proposal, "form")
    if outcome := steps.confirm(page, found.proposal, "form"):
        st.session_state[_OUTCOME] = outcome
        for key in (_CHECKED, _KEPT):
            st.session_state.pop(key, None)
        st.rerun()


def _said(finding: FormFinding, rows: Sequence[FormRow], t: Translator) -> str:
    """Return a finding as Markdown: how much it weighs, at which row and field, what it says."""
    sign, word, colour = SEVERITIES[finding.severity]
    words = plain(translated(t, finding.message))
    field = t(LABELS[finding.field]) if finding.field else ""
    row = rows[finding.row] if finding.row is not None else None
    parts = (f"**{plain(row.indicator.name)}**", t.period(row.period), field) if row else (field,)
    place = ", ".join(part for part in parts if part)
    return f":{colour}[**{sign} {t(word)}**] {place}: {words[:1].upper()}{words[1:]}"
