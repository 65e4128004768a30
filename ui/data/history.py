"""History: every batch with what was kept of it, undoing one, and the ledger of what was restated."""

from __future__ import annotations

from typing import Final

import streamlit as st

from kpi.errors import KpiError
from kpi.i18n import Translator
from kpi.intake.messages import Message, translated
from kpi.intake.undoing import look_ahead, undo
from kpi.periods import Grain, Period
from kpi.views import ledger_words as words
from kpi.views.ledger import BatchLine, KeptFinding, Restated, batches_of, findings_kept, judged, restatements
from kpi.views.markdown import plain
from kpi.views.turned import Touched
from ui import faces, figure, loaders, past, pickers
from ui.data import offered, publishing, who
from ui.gate import Page
from kpi.views.plain_rows import names_by

ALL: Final = "*"
"""The code of "all" in a filter; no unit or indicator is called so."""


def section(page: Page) -> None:
    """Draw one of the two books: the batches, or what was restated."""
    t = page.t
    publishing.result(page)
    books = {"batches": t("Batches and undoing"), "ledger": t("Ledger of restatements")}
    if pickers.pick_option("book", books, t("Book"), style="segmented") == "ledger":
        _ledger(page)
    else:
        _batches(page)


def _ledger(page: Page) -> None:
    t, organisation = page.t, page.organisation.organisation_code
    left, middle, right = st.columns(3, vertical_alignment="bottom")
    units, indicators = page.snapshot.units(organisation), page.snapshot.indicators(organisation)
    with left:
        names = {ALL: t("All units"), **names_by("unit_code", units)}
        unit = pickers.pick_option("changed_unit", names, t("Unit, with those below it"))
    with middle:
        names = {ALL: t("All indicators"), **names_by("indicator_code", indicators)}
        indicator = pickers.pick_option("changed_indicator", names, t("Indicator"))
    period = page.selection.period
    year = Period.containing(period.start, Grain.YEAR, period.year_starts_in)
    with right:
        spans = {ALL: t("All periods"), "year": t.period(year), "period": t.period(period)}
        span = pickers.pick_option("changed_in", spans, t("Period"))
    within = {"year": year, "period": period}.get(span)
    found = loaders.ask(
        restatements,
        page.snapshot,
        page.selection,
        None if unit == ALL else unit,
        None if indicator == ALL else indicator,
        within and within.start,
        within and within.end,
        page.profile,
    )
    said = words.sentence(found, t)
    st.markdown(f"**{said}**")
    st.caption(t("A first report is no restatement. Ratings are those of the unit's own figure, before and after."))
    if found.rows:
        table = words.ledger_table(found.rows, page.profile, t)
        key = f"ledger-{unit}-{indicator}-{span}-{period.code}"
        figure.show_table(table, key=key, alt=said, t=t, file_name=f"{organisation}-ledger")


def _batches(page: Page) -> None:
    t, organisation = page.t, page.organisation.organisation_code
    batches = loaders.ask(batches_of, page.snapshot, organisation)
    if not batches:
        faces.empty(t("No batch yet."), t("Send figures first."))
    with st.expander(t("All batches"), icon=":material/table:", expanded=True):
        table = words.batch_table(batches, t)
        figure.show_table(table, key="batches", alt=t("All batches, the newest first."), t=t, file_name=organisation)
    names = {str(batch.number): words.batch_name(batch, t) for batch in batches}
    number = pickers.pick_option("batch", names, t("Batch"))
    batch = next(each for each in batches if str(each.number) == number)
    _findings(page, batch)
    if offered.may_open(page, "undo"):
        _undoing(page, batch)


def _findings(page: Page, batch: BatchLine) -> None:
    """Draw the warnings that were kept with a batch."""
    t = page.t
    kept = loaders.ask(findings_kept, page.snapshot, batch.number)
    if not kept:
        st.caption(t("No warning was kept with this batch."))
        return
    st.markdown(f"**{t.plural('{n} warning kept with this batch', '{n} warnings kept with this batch', len(kept))}**")
    lines = (f"- {plain(words.place_of(each, t))}: {plain(translated(t, _message(each)))}" for each in kept)
    st.markdown("\n".join(lines))


def _message(finding: KeptFinding) -> Message:
    return Message(finding.text, finding.values)


def _undoing(page: Page, batch: BatchLine) -> None:
    """Draw what undoing a batch would change, and the form that does it; a fault is said in place."""
    t = page.t
    st.subheader(t("Undo batch {number}", number=batch.number), anchor=False)
    if not batch.can_be_undone:
        st.caption(t("This batch is undone already, or is an undoing itself: it stays as it is."))
        return
    if past.is_on():
        st.caption(t("Nothing can be undone while an earlier day is shown. Go back to today first."))
        return
    if not st.toggle(t("Show what undoing it would change"), key=f"undo-{batch.number}"):
        st.caption(t("Undoing takes nothing out of the book: a new entry puts the batch out of force."))
        return
    found = look_ahead(loaders.store_folder(), page.access, batch.number)
    ahead = judged(page.snapshot, page.selection, found.figures, page.profile)
    said = words.ahead_sentence(ahead, t)
    st.markdown(f"**{said}**")
    if ahead:
        table = words.ahead_table(ahead, page.profile, t)
        name = f"undo-batch-{batch.number}"
        figure.show_table(table, key=name, alt=said, t=t, file_name=name)
    _form(page, batch, ahead, found.locked)


def _form(page: Page, batch: BatchLine, ahead: tuple[Restated, ...], locked: int) -> None:
    t = page.t
    with st.form(f"undoing-{batch.number}", enter_to_submit=False):
        if locked:
            said = t.plural("{n} figure of this batch is locked.", "{n} figures of this batch are locked.", locked)
            st.warning(said, icon=":material/lock:")
        made_by = who.asked(t)
        reason = st.text_area(t("Reason for undoing"), key=f"undo-reason-{batch.number}", height=68)
        label = t("I may change locked figures")
        may = bool(locked) and st.checkbox(label, key=f"undo-locked-{batch.number}")
        if not st.form_submit_button(t("Undo the batch"), type="primary", icon=":material/undo:"):
            return
    fault = _fault(t, made_by, reason, locked=locked, may=may)
    if fault:
        st.error(fault, icon=":material/error:")
        return
    _undo(page, batch, ahead, made_by, reason.strip(), may=may)


def _undo(page: Page, batch: BatchLine, ahead: tuple[Restated, ...], made_by: str, reason: str, *, may: bool) -> None:
    try:
        made = undo(loaders.store_folder(), page.access, batch.number, made_by, reason, locked_too=may)
        done = page.t("Batch {number} is undone by batch {by}.", number=batch.number, by=made.batch_number)
        touched = tuple(Touched(row.unit_code, row.sheet.code, row.period) for row in ahead)
        publishing.publish_and_show(page, done, touched)
    except KpiError as error:  # in place, so that what was written stays
        st.error(plain(translated(page.t, error)), icon=":material/error:")


def _fault(t: Translator, made_by: str, reason: str, *, locked: int, may: bool) -> str:
    """Return what is missing before a batch may be undone; empty when nothing is."""
    if not made_by:
        return t("Your name is missing. Write who undoes it.")
    if not reason.strip():
        return t("The reason is missing. Write why the batch is undone; it stays in the ledger.")
    if locked and not may:
        return t("Locked figures would change. Reopen those periods first, or say that you may change them.")
    return ""
