"""The last steps of every entry, from a file, a form or a statement: difference, reason, commit, what changed.

`difference` and `confirm` are drawn while something is proposed; `confirm` gives an Outcome once it is recorded and
published, which the caller keeps in the session and hands to `changed` in every later run.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import isnan
from typing import Final

import streamlit as st

from kpi.access import Access, AllowedSnapshot
from kpi.errors import KpiError
from kpi.i18n import Translator
from kpi.intake import ImportReport, Proposal, commit, translated
from kpi.intake.judging import Progress
from kpi.messages import Message, mark
from kpi.store.figures import ComparedCounts
from kpi.views import turned_words as words
from kpi.views.difference import counted, difference_table, state_said, touched_by
from kpi.views.markdown import plain
from kpi.views.turned import Touched, Turn, Turned, turned
from ui import address, figure, loaders
from ui.data import own_trends, publishing, who
from ui.gate import Page

ROWS: Final = 100
"""Rows of a difference on one page."""
MOST: Final = 200_000
"""Figures whose difference is listed; of more only the counts are shown."""
TURNS: Final = 10
"""Figures and units that are named with their old and new rating; all stand in the table."""
_SEEN: Final = 0.0005
"""Difference of two indices that one decimal shows, as a ratio."""
_TREND: Final = ":material/trending_up:"

Write = Callable[[str, str | None, Progress], tuple[int, ...]]
"""Records what is confirmed: gets name, reason and where to tell progress; returns the batches' numbers."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was recorded: its batches (none: all was known), how many figures, which of them, and what they turned."""

    batches: tuple[int, ...]
    counts: ComparedCounts
    touched: tuple[Touched, ...]
    turned: Turned


def difference(page: Page, proposal: Proposal, key: str) -> None:
    """Draw what would be new, changed and unchanged, a state at a time, in pages."""
    t, counts = page.t, proposal.counts
    if counts.new + counts.changed + counts.unchanged > MOST:
        st.markdown(_counts_said(counts, t))
        return
    frame = proposal.difference
    found = counted(frame)
    if not len(frame):
        st.markdown(t("The files hold no sound figure yet."))
        return
    options = [state for state, count in found.items() if count]
    labels = {state: f"{state_said(state, t)}: {t.number(found[state])}" for state in options}
    state = st.segmented_control(
        t("Compared with what is known"),
        options,
        format_func=labels.__getitem__,
        default=options[0],
        key=f"{key}-state",
        required=True,
    )
    rows = frame[frame["status"] == (state or options[0])]
    pages = -(-len(rows) // ROWS)
    number = st.pagination(pages, key=f"{key}-{state}-page") if pages > 1 else 1
    shown = rows.iloc[(number - 1) * ROWS : number * ROWS]
    several = len(proposal.files) > 1
    table = difference_table(shown, page.organisation.year_starts_in, t, with_file=several)
    st.dataframe(table, hide_index=True, key=f"{key}-{state}-{number}", alt=t("What would change, figure by figure"))


def confirm(page: Page, proposal: Proposal, key: str, write: Write | None = None) -> Outcome | None:
    """Draw name, reason and button; record and publish on its press. None until that is done.

    A refused proposal has no button. `write` records in another way than `kpi.intake.commit`.
    """
    t = page.t
    if proposal.is_refused:
        return None
    for message in proposal.created:
        st.markdown(f"- {plain(translated(t, message))}")
    name = who.asked(t)
    reason = _reason(t, proposal, key)
    beneath = st.empty()
    if not st.button(t("Record and publish"), type="primary", key=f"{key}-commit", icon=":material/check:"):
        return None
    faults = [] if name else [t("Write your name first: it is kept with the figures.")]
    faults += [t("Write the reason first: it is kept with the change.")] if proposal.needs_reason and not reason else []
    if faults:
        beneath.error("  \n".join(faults))
        return None
    try:
        return _done(page, proposal, name, reason or None, write or committing(page.access, proposal))
    except KpiError as error:
        beneath.error(plain(translated(t, error)))
        return None


def committing(access: Access, proposal: Proposal) -> Write:
    """Return what records a proposal. Raises what `kpi.intake.commit` raises, KpiError where it is refused by now."""

    def write(made_by: str, reason: str | None, progress: Progress) -> tuple[int, ...]:
        return _batches(commit(loaders.store_folder(), access, proposal, made_by, reason, progress=progress))

    return write


def changed(page: Page, outcome: Outcome, key: str) -> None:
    """Draw what was recorded, the ratings that turned with their ways to Trends, and the own trend of what came in."""
    t = page.t
    if not outcome.batches:
        st.info(t("Everything is known already: nothing was recorded."), icon=":material/task_alt:")
        return
    numbers = ", ".join(t.number(number) for number in outcome.batches)
    recorded = t.plural(
        "Recorded as batch {batches} and published.",
        "Recorded as batches {batches} and published.",
        len(outcome.batches),
        batches=numbers,
    )
    st.success(f"{recorded} {_counts_said(outcome.counts, t)}", icon=":material/task_alt:")
    st.subheader(t("What changed in scores and ratings"), anchor=False)
    st.markdown(f"**{words.summary(outcome.turned, t)}**")
    both = (*outcome.turned.figures, *outcome.turned.units)
    _turns(page, [turn for turn in both if turn.is_rated_otherwise or _is_seen(turn)], key)
    if both:
        with st.expander(t("All figures and indices that are other than before"), icon=":material/table:"):
            table, alt = words.table(outcome.turned, page.profile, t), words.summary(outcome.turned, t)
            figure.show_table(table, key=f"{key}-turned", alt=alt, t=t, file_name="turned")
    own_trends.draw(page, outcome.touched, key)


def _reason(t: Translator, proposal: Proposal, key: str) -> str:
    """Draw the field for the reason; it must be filled in where a published or locked figure changes."""
    counts = proposal.counts
    if proposal.changes_locked:
        said = t.plural("{n} locked figure would change.", "{n} locked figures would change.", counts.locked)
        st.warning(f"{said} {t('Write why; it stands in the ledger of restatements.')}", icon=":material/lock:")
    elif counts.published:
        said = t.plural("{n} published figure would change.", "{n} published figures would change.", counts.published)
        st.warning(f"{said} {t('Write why; it stands in the ledger of restatements.')}", icon=":material/edit_note:")
    elif proposal.needs_reason:
        st.warning(
            t("A definition that stands would change. Write why; it stands with its versions."),
            icon=":material/edit_note:",
        )
    label = t("Reason") if proposal.needs_reason else t("Reason (if there is one)")
    return st.text_input(label, key=f"{key}-reason", max_chars=500).strip()


def _done(page: Page, proposal: Proposal, name: str, reason: str | None, write: Write) -> Outcome:
    """Record, publish and compare, with a progress bar over each."""
    t = page.t
    before, said = loaders.newest_snapshot(page.access), t("Recording …")
    bar = st.progress(0.0, said)

    def tell(share: float, _what: str) -> None:
        bar.progress(min(share, 1.0), said)

    batches = write(name, reason, tell)
    bar.empty()
    found = _compared(page, proposal, before, publishing.published(t, page.access)) if batches else ((), Turned((), ()))
    return Outcome(batches, proposal.counts, *found)


def _compared(
    page: Page, proposal: Proposal, before: AllowedSnapshot, after: AllowedSnapshot
) -> tuple[tuple[Touched, ...], Turned]:
    counts = proposal.counts
    if counts.new + counts.changed > MOST:
        return (), Turned((), ())
    touched = touched_by(proposal.difference, page.organisation.year_starts_in)
    return touched, turned(before, after, page.selection, touched, page.profile)


def _turns(page: Page, turns: Sequence[Turn], key: str) -> None:
    """Draw the first figures and units with their old and new rating, each with its way to the chart."""
    t = page.t
    for number, turn in enumerate(turns[:TURNS]):
        left, right = st.columns([5, 1], vertical_alignment="center")
        left.markdown(words.line(turn, page.profile, t))
        choices = {"unit": turn.unit_code, "period": turn.period.code, "part": None}
        with right.container(key=f"{key}-turn-{number}"):
            if turn.sheet is None:
                query = address.parameters(**choices)
                st.page_link("pages/gaps.py", label=t("See the gap"), query_params=query, icon=":material/flag:")
            else:
                query = address.parameters(**choices, units=turn.unit_code, indicator=turn.sheet.code)
                st.page_link("pages/trends.py", label=t("See the trend"), query_params=query, icon=_TREND)
    if len(turns) > TURNS:
        st.caption(t("{n} more are in the table.", n=t.number(len(turns) - TURNS)))


def _is_seen(turn: Turn) -> bool:
    """Return whether the index differs by as much as a reader sees, or is there on one side alone."""
    before, after = turn.before.index, turn.after.index
    if isnan(before) or isnan(after):
        return isnan(before) != isnan(after)
    return abs(after - before) >= _SEEN


def _batches(report: ImportReport) -> tuple[int, ...]:
    """Return the batches' numbers. Raises KpiError where an import that came between made it refused."""
    if report.is_refused:
        first = report.errors[0]
        raise KpiError(mark("{file}: {message}"), file=first.file.name, message=Message(first.text, first.values))
    return report.batches


def _counts_said(counts: ComparedCounts, t: Translator) -> str:
    return t(
        "{new} new, {changed} changed, {unchanged} unchanged.",
        new=t.number(counts.new),
        changed=t.number(counts.changed),
        unchanged=t.number(counts.unchanged),
    )
