"""The parts of the reports page: what is asked, the making with its progress, the file and what stands in it."""

from __future__ import annotations

import getpass
import os
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

import streamlit as st

from kpi.access import LOCAL
from kpi.i18n import LANGUAGES, Language, mark
from kpi.reports.building import build
from kpi.reports.formats import LINK_BASE, Format, written
from kpi.reports.gathered import Request
from kpi.scoring.profile import RuleProfile
from kpi.views.gaps import units_in
from kpi.views.markdown import plain
from kpi.views.selection import Selection
from ui import gate, loaders, past, pickers
from ui.data import who
from ui.gate import Page

KEPT: Final = 24
"""Files that are kept for whoever asks the same again."""
FORMATS: Final[dict[Format, tuple[str, str]]] = {
    Format.PPTX: (
        mark("Slides (PowerPoint)"),
        mark("For a meeting: a message on each slide, charts that can be edited, explanations in the speaker's notes."),
    ),
    Format.PDF: (
        mark("Document (PDF)"),
        mark(
            "For paper and archive: the achievement chapter of the annual report (LKjIP), readable by screen readers."
        ),
    ),
    Format.XLSX: (
        mark("Workbook (Excel)"),
        mark("For further work: every table with its numbers in full precision, a sheet for each question."),
    ),
    Format.HTML: (
        mark("Web page (HTML)"),
        mark("To send or to keep: one file for any browser, without a network; charts answer a click, tables sort."),
    ),
}
WRITING: Final = 0.85
"""The share of the work that is done before the file is written."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader asks for; the same question gives the same file until it is made anew."""

    selection: Selection
    unit_code: str
    language: Language
    as_format: Format
    made_by: str
    link_base: str

    @property
    def file_name(self) -> str:
        """A name that says what the file holds."""
        span = "-sd" if self.selection.to_date else ""
        codes = dict.fromkeys((self.selection.organisation_code, self.unit_code, self.selection.period.code))
        return f"{'-'.join(codes)}{span}{past.file_mark()}-{self.language}.{self.as_format}"


@dataclass(frozen=True, slots=True)
class Made:
    """A file, what stands in it (headings and messages), and when it was made."""

    content: bytes
    parts: tuple[tuple[str, str], ...]
    made_at: datetime


@dataclass(slots=True)
class _Place:
    """Where a file is kept between two runs."""

    made: Made | None = None


def pick(page: Page) -> Asked:
    """Draw the choices and return what is asked."""
    t = page.t
    unit = pickers.pick_unit(t, loaders.ask(units_in, page.snapshot, page.selection))
    left, right = st.columns([3, 1])
    with left:
        names = {str(each): t(name) for each, (name, _) in FORMATS.items()}
        code = pickers.pick_option("format", names, t("File format"), style="pills")
        st.caption(t(FORMATS[Format(code)][1]))
    with right:
        languages = {each: pickers.LANGUAGE_NAMES[each] for each in LANGUAGES}
        said_in = pickers.pick_option("report_lang", languages, t("Language"), default=t.language, style="segmented")
    return Asked(page.selection, unit, "en" if said_in == "en" else "id", Format(code), _made_by(page), _link_base())


def offer(page: Page, asked: Asked) -> None:
    """Draw the button that makes the file and, once it is made, the file itself."""
    t = page.t
    place = _place(
        str(loaders.store_folder()), page.snapshot.meta.version, page.snapshot.rights_key, asked, page.profile
    )
    label = t("Make the report anew") if place.made else t("Make the report")
    if st.button(label, type="secondary" if place.made else "primary", icon=":material/description:"):
        place.made = _make(page, asked)
    if place.made is None:
        return
    made = place.made
    st.download_button(
        t("Download {name}", name=asked.file_name),
        made.content,
        file_name=asked.file_name,
        mime=asked.as_format.media_type,
        type="primary",
        on_click="ignore",
        icon=":material/download:",
        key="report-file",
    )
    moment = t("{day}, {time}", day=t.date(made.made_at.date()), time=f"{made.made_at:%H.%M}")
    st.caption(t("Made {moment}, {size} kB.", moment=moment, size=t.number(len(made.content) / 1000)))
    st.subheader(t("What stands in it"), anchor=False)
    st.markdown("\n".join(f"- **{plain(heading)}**: {plain(message)}" for heading, message in made.parts))


def _make(page: Page, asked: Asked) -> Made:
    """Make the file, with a bar that says what is being done. Raises KpiError where there is nothing to report."""
    t, now = page.t, datetime.now().astimezone()
    bar = st.progress(0.0, t("Reading the index"))
    request = Request(asked.selection, asked.unit_code, asked.language, asked.made_by, now, asked.link_base)
    report = build(page.snapshot, request, page.profile, lambda share, what: bar.progress(share * WRITING, t(what)))
    bar.progress(WRITING, t("Writing the file"))
    content = written(report, asked.as_format)
    bar.empty()
    return Made(content, tuple((section.heading, section.message) for section in report.sections), now)


@st.cache_resource(show_spinner=False, max_entries=KEPT, hash_funcs={RuleProfile: lambda profile: profile.written})
def _place(
    store: str,  # noqa: ARG001 - part of the key
    version: str,  # noqa: ARG001 - part of the key
    rights: tuple[object, ...],  # noqa: ARG001 - part of the key
    asked: Asked,  # noqa: ARG001 - part of the key
    profile: RuleProfile,  # noqa: ARG001 - part of the key
) -> _Place:
    """Return the place of one file: whoever asks the same of the same version, with the same rights, finds it there."""
    return _Place()


def _made_by(page: Page) -> str:
    """Return who makes it: who signed in, else the name that was entered, else the user of this machine."""
    if name := who.known() or gate.signed_in_name():
        return name
    return getpass.getuser() if page.access == LOCAL else page.t("a visitor without sign-in")


def _link_base() -> str:
    """Return the dashboard's address: $KPI_LINK_BASE, else that at which the reader sees it."""
    if told := os.environ.get("KPI_LINK_BASE"):
        return told
    seen = urlsplit(st.context.url or "")
    return f"{seen.scheme}://{seen.netloc}{seen.path.rpartition('/')[0]}" if seen.netloc else LINK_BASE
