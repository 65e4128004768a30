"""Stating indicators: a unit's list with its weights, a definition sheet each, drafts, agreeing, versions."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from math import isnan
from typing import Final

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from kpi.errors import KpiError
from kpi.i18n import MISSING, Translator
from kpi.intake import translated
from kpi.intake.judging import Progress
from kpi.intake.sheets.findings import Severity
from kpi.intake.statement_body import Body
from kpi.intake.statement_list import Listed, body_known, listed, weights
from kpi.intake.statements import (
    StatementFinding,
    StatementProposal,
    agree,
    draft_of,
    drop_draft,
    save_draft,
    standing_statements,
    statement_proposal,
)
from kpi.intake.templates.content import Content, content_of
from kpi.model import Indicator
from kpi.periods import Grain, Period
from kpi.store.statements import Statement, StatementState
from kpi.views import versions_words
from kpi.views.definitions import definitions_of
from kpi.views.indicators_words import FIELDS
from kpi.views.markdown import plain
from ui import address, figure, indicators, loaders, past, pickers
from ui.data import sheet_fields, steps, who
from ui.data.words import SEVERITIES
from ui.gate import Page
from ui.training import smart

NEW: Final = "+"
"""The code of "a new indicator" in the choice; no indicator is called so."""
WHOLE: Final = 100.0
_OUTCOME: Final = "_stating-outcome"
_SAID: Final = "_stating-said"
_START: Final = {"grain": "year", "aggregation_over_periods": "none", "aggregation_over_units": "none"}
_FRESH: Final = {**_START, "multiplier": "1", "decimals": "2", "every_years": "1"}


@dataclass(frozen=True, slots=True)
class _Place:
    """What is open: unit and year, and what is known and stated there."""

    content: Content
    year: int
    statements: Sequence[Statement]
    known: Mapping[str, Indicator]


def section(page: Page) -> None:
    """Draw the list of a unit's indicators in a year, and the sheet of the one that is open."""
    t = page.t
    if past.is_on():
        st.info(t("Indicators can't be stated while an earlier day is shown. Go back to today first."))
        return
    if outcome := st.session_state.get(_OUTCOME):
        steps.changed(page, outcome, "stating")
        back = t("Back to the list of indicators")
        st.button(back, on_click=lambda: st.session_state.pop(_OUTCOME), icon=":material/list:", key="stating-more")
        return
    st.caption(t("A draft is seen here alone. Only when it is agreed do its targets and weight count."))
    place = _place(page)
    found = listed(place.content, place.statements, place.year)
    _list(page, place, found)
    code = _pick(page, place, found)
    if said := st.session_state.pop(_SAID, None):
        st.success(said, icon=":material/draft:")
    _sheet(page, place, code)


def _place(page: Page) -> _Place:
    t, organisation = page.t, page.organisation.organisation_code
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    with left:
        unit = pickers.pick_unit(t, page.snapshot.units(organisation))
    today = Period.containing(page.snapshot.meta.today, Grain.YEAR, page.organisation.year_starts_in)
    years = {str(today.year + step): str(today.year + step) for step in (1, 0, -1)}
    with right:
        year = int(pickers.pick_option("of_year", years, t("Year"), default=str(today.year)))
    content = loaders.ask(content_of, page.snapshot, organisation, unit, today.years_later(year - today.year))
    statements = standing_statements(loaders.store_folder(), page.access, organisation)
    return _Place(content, year, statements, loaders.ask(definitions_of, page.snapshot, organisation))


def _list(page: Page, place: _Place, found: Sequence[Listed]) -> None:
    """Draw the list and the sum of its weights."""
    t = page.t
    if not found:
        st.info(t("No indicator of this unit stands for {year} yet. State the first one below.", year=place.year))
        return
    rows = [_row(one, place.year, t) for one in found]
    alt = t("Indicators of the unit in {year}, with target, weight and state.", year=place.year)
    figure.show_table(
        pd.DataFrame(rows),
        key=f"stating-{place.content.unit_code}-{place.year}",
        alt=alt,
        t=t,
        file_name=f"{place.content.unit_code}-{place.year}-indicators",
    )
    total = weights(found)
    sums = [(t("Agreed weights"), total.agreed, total.count)]
    if any(one.draft for one in found):
        sums.append((t("With the drafts"), total.with_drafts, total.count_with_drafts))
    for label, number, count in sums:
        _sum(label, number, count, t)


def _sum(label: str, number: float, count: int, t: Translator) -> None:
    """Say a sum of weights, with a warning where it isn't 100."""
    said = t("{label}: {sum} of 100.", label=f"**{label}**", sum=t.measure(number, "", 4))
    if not count:
        st.caption(t("{label}: none is stated, so every indicator counts the same.", label=f"**{label}**"))
    elif number == WHOLE:
        st.markdown(f":material/check_circle: {said}")
    else:
        st.warning(f"{said} {t('Each weight counts as its share of the sum.')}", icon=":material/balance:")


def _row(one: Listed, year: int, t: Translator) -> dict[str, str]:
    decimals = one.indicator.decimals if one.indicator else 2
    measured = one.indicator.unit_of_measure if one.indicator else ""
    low, high = (t.measure(number, "", decimals) for number in (one.target, one.target_high))
    target = low if isnan(one.target_high) else f"{low}–{high}"
    state = t("Agreed") if one.draft is None else t("Draft: change") if one.indicator else t("Draft: new")
    if one.draft is None and isnan(one.weight) and isnan(one.target):
        state = t("Not stated for {year}", year=year)
    return {
        t("Indicator"): one.name,
        t("Code"): one.indicator_code,
        t("Target {year}", year=year): MISSING if isnan(one.target) else f"{target} {measured}".rstrip(),
        t("Weight"): t.measure(one.weight, "", 4),
        t("Weight in the draft"): t.measure(one.draft_weight, "", 4) if one.draft else MISSING,
        t("State"): state,
    }


def _pick(page: Page, place: _Place, found: Sequence[Listed]) -> str:
    """Draw the choice of the indicator whose sheet is open: the unit's own, a new one, any other that is defined."""
    t = page.t
    own = {one.indicator_code: f"{'✎ ' if one.draft else ''}{one.name}" for one in found}
    others = {code: one.name for code, one in place.known.items() if code not in own}
    marked = {code: t("{name} (not of this unit yet)", name=name) for code, name in others.items()}
    return pickers.pick_option("stated", {NEW: t("+ A new indicator"), **own, **marked}, t("Open the sheet of"))


def _sheet(page: Page, place: _Place, code: str) -> None:
    """Draw the sheet, then what agreeing its draft would do, and at last what was pressed."""
    t, unit = page.t, place.content.unit_code
    wanted = Statement(page.organisation.organisation_code, "", unit, code, place.year)
    standing = draft_of(place.statements, wanted)
    is_draft = standing.state is StatementState.DRAFT and bool(standing.body)
    indicator = place.known.get(code)
    known = _known(page, place, indicator, standing if is_draft else None)
    body = _with_all_targets(Body.of(standing), known) if is_draft else known
    key = f"stating-{unit}-{code}-{place.year}-{t.language}-{st.session_state.setdefault('_stating-round', 0)}"
    pressed, typed = _form(page, place, (key, code), body, indicator)
    smart.of_statement(page, (unit, code), Period.parse(str(place.year), page.organisation.year_starts_in), body)
    beneath = st.empty()
    proposal = _judged(page, standing, known) if is_draft else None
    name = _agreeing(page, proposal, known) if proposal else who.asked(t)
    if is_draft and st.button(t("Drop the draft"), key="stating-drop", icon=":material/delete:"):
        _write(
            page,
            code,
            name,
            partial(drop_draft, loaders.store_folder(), page.access, standing),
            t("The draft is dropped."),
        )
    if pressed:
        kept = replace(draft_of(place.statements, replace(wanted, indicator_code=typed[0])), state=StatementState.DRAFT)
        kept = replace(kept, body=typed[1].as_json())
        with beneath:
            save = partial(save_draft, loaders.store_folder(), page.access, kept)
            _write(page, typed[0], name, save, t("The draft is kept."))
    if indicator is not None:
        _versions(page, code, place)


def _known(page: Page, place: _Place, indicator: Indicator | None, draft: Statement | None) -> Body:
    """Return what is known; the grain that the draft states decides which finer periods have a target."""
    fields = Body.of(draft).fields if draft else {}
    grain = fields.get("grain") or (indicator.grain if indicator else Grain.YEAR.value)
    grain = Grain(grain) if grain in set(Grain) else Grain.YEAR
    known = body_known(place.content, indicator, grain, page.t.language)
    return known if indicator else replace(known, fields=_FRESH)


def _with_all_targets(body: Body, known: Body) -> Body:
    """Return a draft's texts with a field for every period that has one now."""
    return replace(body, targets={code: body.targets.get(code, text) for code, text in known.targets.items()})


def _form(
    page: Page, place: _Place, named: tuple[str, str], body: Body, indicator: Indicator | None
) -> tuple[bool, tuple[str, Body]]:
    """Draw the fields; return whether the draft is to be kept, and the code and texts that stand in them."""
    t, (key, code) = page.t, named
    names = {each: one.name for each, one in place.known.items() if each != code}
    with st.form(f"{key}-form", enter_to_submit=False):
        st.subheader(plain(indicator.name) if indicator else t("A new indicator"), anchor=False)
        if indicator is None:
            st.session_state.setdefault(f"{key}-code", "" if code == NEW else code)
            about = t("Capitals, digits and underscores, as KEPUASAN_PASIEN. It never changes again.")
            code = st.text_input(t("Code"), key=f"{key}-code", help=about).strip().upper()
        fields = sheet_fields.draw(t, key, body.fields, names)
        targets, weight = _targets(page, place, key, body)
        pressed = st.form_submit_button(t("Keep as a draft and check"), icon=":material/draft:")
    return pressed, (code, Body(fields, targets, weight))


def _targets(page: Page, place: _Place, key: str, body: Body) -> tuple[dict[str, str], str]:
    """Draw the targets of the years, those of finer periods, and the weight."""
    t, starts = page.t, page.organisation.year_starts_in
    st.markdown(f"**{t('Targets and weight')}**")
    st.caption(t("A number, or a range as 60–85. Years ahead may stay empty until they are agreed."))
    years = [code for code in body.targets if re.fullmatch(r"\d{4}", code)]
    finer = [code for code in body.targets if code not in years]
    found: dict[str, str] = {}
    columns = st.columns(len(years) + 1)
    for column, code in zip(columns, years, strict=False):
        found[code] = _text(column, t("Target {year}", year=code), f"{key}-target-{code}", body.targets[code])
    label = t("Weight {year}", year=place.year)
    weight = _text(columns[-1], label, f"{key}-weight", body.weight)
    if finer:
        with st.expander(t("Targets of the periods of {year}", year=place.year)):
            columns = st.columns(4)
            for number, code in enumerate(finer):
                words = t.period(Period.parse(code, starts))
                found[code] = _text(columns[number % 4], words, f"{key}-target-{code}", body.targets[code])
    return found, weight


def _text(column: DeltaGenerator, label: str, key: str, text: str) -> str:
    st.session_state.setdefault(key, text)
    return column.text_input(label, key=key)


def _judged(page: Page, standing: Statement, known: Body) -> StatementProposal | None:
    try:
        return statement_proposal(loaders.store_folder(), page.access, standing, known)
    except KpiError as error:
        st.error(plain(translated(page.t, error)))
        return None


def _agreeing(page: Page, proposal: StatementProposal, known: Body) -> str:
    """Draw what the draft lacks, or what agreeing it would do with the button for it; return the name given."""
    t = page.t
    st.subheader(t("The draft"), anchor=False)
    if proposal.is_refused:
        st.warning(t("It is kept, and can't be agreed yet:"), icon=":material/draft:")
    if proposal.notes:
        st.markdown("\n".join(f"- {_said(note, page)}" for note in proposal.notes))
    if proposal.is_refused:
        return who.asked(t)
    if proposal.was is not None and proposal.retells:
        names = {code: one.name for code, one in proposal.told.indicators.items()}
        told = versions_words.changes(proposal.was, proposal.now, names, t)
        table = versions_words.changes_table(told, t)
        st.dataframe(table, hide_index=True, key="stating-changes", alt=t("What changes in the definition sheet"))
    if len(proposal.difference):
        steps.difference(page, proposal, "stating")

    def write(made_by: str, reason: str | None, _progress: Progress) -> tuple[int, ...]:
        return (agree(loaders.store_folder(), page.access, proposal, made_by, reason, known=known).batch_number,)

    if outcome := steps.confirm(page, proposal, "stating", write):
        st.session_state[_OUTCOME] = outcome
        st.session_state["_stating-round"] += 1
        st.rerun()
    return who.known()


def _said(note: StatementFinding, page: Page) -> str:
    """Return a finding as Markdown, at its field or period."""
    t = page.t
    sign, word, colour = SEVERITIES[note.severity]
    words = plain(translated(t, note.message))
    place = note.place or ""
    if place in FIELDS:
        place = t(FIELDS[place])
    elif place == "weight":
        place = t("Weight")
    elif place:
        place = f"{t('Target')} {t.period(Period.parse(place, page.organisation.year_starts_in))}"
    shown = f":{colour}[**{sign} {t(word)}**] **{place}**" if place else f":{colour}[**{sign} {t(word)}**]"
    return f"{shown}: {words[:1].upper()}{words[1:]}" if note.severity is not Severity.INFO else f"{shown}: {words}"


def _write(page: Page, code: str, name: str, write: partial, said: str) -> None:
    """Write a draft in the name given, then show the page anew with its indicator open."""
    t = page.t
    if not name:
        st.error(t("Write your name first: it is kept with the figures."))
        return
    try:
        write(name)
    except KpiError as error:
        st.error(plain(translated(t, error)))
        return
    st.session_state[_SAID] = said
    if said == t("The draft is dropped."):
        st.session_state["_stating-round"] += 1
    address.follow("pages/data.py", stated=code or NEW)


def _versions(page: Page, code: str, place: _Place) -> None:
    indicators.versions(page, code, {each: one.name for each, one in place.known.items()})
