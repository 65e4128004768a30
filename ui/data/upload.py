"""Send figures: template, files, what was understood, findings, questions, difference, commit, what changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from kpi.errors import KpiError
from kpi.i18n import Translator
from kpi.intake import ImportOptions, Proposal, Source, answer, propose, translated
from kpi.intake.sheets.mapping import EMPTY
from kpi.views.markdown import plain
from ui import loaders, past
from ui.data import asks, findings, steps, template, understood
from ui.gate import Page
from kpi.views.plain_rows import names_by

KINDS: Final = ("xlsx", "xls", "ods", "csv", "parquet")
_SENT: Final = "_upload-sent"
_OUTCOME: Final = "_upload-outcome"
"""What was recorded last, beside its organisation: another one's page shows the way in again."""
_ROUND: Final = "_upload-round"
"""Counts the uploads of a session: after one is recorded, the field for files is empty again."""


@dataclass(frozen=True, slots=True)
class _Sent:
    """The files that lie in the field, by their ids, and what they would do, as they were last read."""

    ids: tuple[str, ...]
    proposal: Proposal


def section(page: Page) -> None:
    """Draw the way in for files, step by step."""
    t = page.t
    if past.is_on():
        st.info(t("Figures can't be sent while an earlier day is shown. Go back to today first."))
        return
    organisation, outcome = st.session_state.get(_OUTCOME, (None, None))
    if organisation == page.organisation.organisation_code:
        steps.changed(page, outcome, "upload")
        st.button(t("Send more figures"), on_click=_begin_anew, icon=":material/upload_file:", key="upload-more")
        return
    st.subheader(t("1 · Fetch the template"), anchor=False)
    template.offer(page)
    st.subheader(t("2 · Send the file"), anchor=False)
    files = _files(t)
    if not files:
        st.session_state.pop(_SENT, None)
        return
    proposal = _proposed(page, files, _options(page))
    if proposal is not None:
        _steps(page, proposal)


def _files(t: Translator) -> list[UploadedFile]:
    """Draw the field for files."""
    st.caption(
        t("The filled-in template, or a table as your office keeps it. Nothing is recorded before you confirm it.")
    )
    return st.file_uploader(
        t("Files: {kinds}", kinds=", ".join(KINDS)),
        KINDS,
        accept_multiple_files=True,
        key=f"upload-{st.session_state.setdefault(_ROUND, 0)}",
    )


def _options(page: Page) -> ImportOptions:
    """Draw, folded, what a person may say beside the files; return it."""
    t, organisation = page.t, page.organisation.organisation_code
    with st.expander(t("What the files do not say themselves"), icon=":material/tune:"):
        units = page.snapshot.units(organisation)
        names = names_by("unit_code", units)
        unit = st.selectbox(
            t("Unit, where a file names none"),
            list(names),
            None,
            format_func=names.__getitem__,
            key="upload-unit",
            placeholder=t("As the file says"),
        )
        year = st.number_input(
            t("Year, where a file names none"),
            1900,
            2200,
            None,
            1,
            key="upload-year",
            placeholder=t("As the file says"),
        )
        create = st.checkbox(t("Register units and indicators that are not known yet"), key="upload-create")
    return ImportOptions(organisation, unit=unit, year=None if year is None else int(year), create=create)


def _proposed(page: Page, files: Sequence[UploadedFile], options: ImportOptions) -> Proposal | None:
    """Return what the files would do: as they were last read, or read anew where files or options are others."""
    ids = tuple(file.file_id for file in files)
    sent: _Sent | None = st.session_state.get(_SENT)
    if sent is not None and sent.ids == ids:
        if replace(sent.proposal.options, mapping=EMPTY, dry_run=False) == options:
            return sent.proposal
        options = replace(options, mapping=sent.proposal.options.mapping)
    return _read(page, ids, [Source.upload(file.name, file.getvalue()) for file in files], options)


def _read(page: Page, ids: tuple[str, ...], sources: Sequence[Source], options: ImportOptions) -> Proposal | None:
    """Read the files with a progress bar and keep what they would do; None where the answers can't be."""
    t = page.t
    said = t("Reading the files …")
    bar = st.progress(0.0, said)

    def tell(share: float, _what: str) -> None:
        bar.progress(min(share, 1.0), said)

    try:
        proposal = propose(loaders.store_folder(), page.access, sources, options, tell)
    except KpiError as error:
        st.error(plain(translated(t, error)))
        return None
    finally:
        bar.empty()
    st.session_state[_SENT] = _Sent(ids, proposal)
    return proposal


def _steps(page: Page, proposal: Proposal) -> None:
    """Draw what follows once the files are read."""
    t = page.t
    st.subheader(t("3 · What was understood"), anchor=False)
    understood.draw(t, proposal)
    st.subheader(t("4 · Findings and questions"), anchor=False)
    findings.draw(t, proposal)
    if answers := [*asks.needed(t, proposal), *asks.directions(t, proposal)]:
        _take(page, proposal, answers)
    st.subheader(t("5 · What would change"), anchor=False)
    steps.difference(page, proposal, "upload")
    if outcome := steps.confirm(page, proposal, "upload"):
        st.session_state[_OUTCOME] = page.organisation.organisation_code, outcome
        st.session_state.pop(_SENT, None)
        st.rerun()


def _take(page: Page, proposal: Proposal, answers: Sequence[asks.Patch]) -> None:
    """Put answers into the mapping and read the files anew."""
    sent: _Sent = st.session_state[_SENT]
    options = proposal.options
    try:
        for patch in answers:
            options = answer(options, patch)
    except KpiError as error:
        st.error(plain(translated(page.t, error)))
        return
    if _read(page, sent.ids, proposal.sources, options) is not None:
        st.rerun()


def _begin_anew() -> None:
    st.session_state.pop(_OUTCOME, None)
    st.session_state[_ROUND] += 1
