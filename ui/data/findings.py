"""What was found in the files, errors first, each with its place; a refused file is offered back with marks in it."""

from __future__ import annotations

from functools import partial
from typing import Final

import streamlit as st

from kpi.i18n import Translator
from kpi.intake import Proposal, translated
from kpi.intake.judging import Judged
from kpi.intake.marking.writing import marked
from kpi.intake.sheets.findings import Finding, Severity
from kpi.views.markdown import plain
from ui.data.template import XLSX
from ui.data.words import SEVERITIES

AT_ONCE: Final = 15
"""Findings on one page."""
_MOST_ROWS: Final = 20_000
"""Rows of a tidy file that can still be given back as a workbook with marks."""


def draw(t: Translator, proposal: Proposal) -> None:
    """Draw the findings, and the way to get refused files back with their faults marked."""
    findings = proposal.findings
    counts = {severity: sum(one.severity is severity for one in findings) for severity in Severity}
    more = sum(file.report.errors_left_out + file.report.findings_left_out for file in proposal.files)
    if proposal.is_refused:
        st.error(_refused(counts[Severity.ERROR], t), icon=":material/block:")
    if not findings:
        st.markdown(t("Nothing to object to."))
        return
    st.markdown(" · ".join(_counted(severity, count, t) for severity, count in counts.items() if count))
    pages = -(-len(findings) // AT_ONCE)
    page = st.pagination(pages, key="findings-page") if pages > 1 else 1
    several = len(proposal.files) > 1
    shown = findings[(page - 1) * AT_ONCE : page * AT_ONCE]
    st.markdown("\n".join(f"- {said(one, t, with_file=several)}" for one in shown))
    if more:
        st.caption(t("{n} more are not listed.", n=t.number(more)))
    _offer_marked(t, proposal)


def said(finding: Finding, t: Translator, *, with_file: bool = False) -> str:
    """Return a finding as Markdown: how much it weighs, where it stands, what it says."""
    sign, word, colour = SEVERITIES[finding.severity]
    place = _place(finding, t, with_file=with_file)
    words = plain(translated(t, finding))
    return f":{colour}[**{sign} {t(word)}**]{f' {place}' if place else ''}: {words[:1].upper()}{words[1:]}"


def _place(finding: Finding, t: Translator, *, with_file: bool) -> str:
    parts = [plain(finding.file)] if with_file and finding.file else []
    if finding.sheet:
        parts.append(plain(finding.sheet) + (f" **{finding.cell}**" if finding.cell else ""))
    elif finding.line is not None:
        line = t("line {line}", line=finding.line)
        parts.append(f"{line} **{finding.cell}**" if finding.cell else line)
    elif finding.cell:
        parts.append(f"**{finding.cell}**")
    return ", ".join(parts)


def _refused(errors: int, t: Translator) -> str:
    return t.plural(
        "Nothing can be recorded yet: {n} error stands in the way. Mend it in the file, or answer the questions below.",
        "Nothing can be recorded yet: {n} errors stand in the way. Mend them in the file, or answer the questions "
        "below.",
        errors,
    )


def _counted(severity: Severity, count: int, t: Translator) -> str:
    sign, word, colour = SEVERITIES[severity]
    return f":{colour}[**{sign} {t(word)}: {t.number(count)}**]"


def _offer_marked(t: Translator, proposal: Proposal) -> None:
    """Offer each file that has marks to set; only errors and warnings are set."""
    if not (proposal.errors or proposal.warnings):
        return
    for file, judged in zip(proposal.files, proposal.judgement.files, strict=True):
        has_marks = bool(file.report.errors or file.report.warnings)
        if judged.content is None or judged.row_count > _MOST_ROWS or not has_marks:
            continue
        st.download_button(
            t("Download {file} with its faults marked", file=plain(file.name)),
            partial(_marked, judged, t),
            file_name=f"{judged.source.label.stem}-{t('checked')}.xlsx",
            mime=XLSX,
            key=f"marked-{file.name}",
            on_click="ignore",
            icon=":material/fact_check:",
        )


def _marked(judged: Judged, t: Translator) -> bytes:
    """Return the file with comments and colours in its cells."""
    assert judged.source.content is not None  # what comes through the page has its content with it
    return marked(judged.source.content, judged.findings, judged.errors, t.language, judged.source.name)
