"""What is said of comments: the fields, each comment in Markdown and as a table row, which missed figures have none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

import pandas as pd

from kpi.i18n import MISSING, Translator, mark
from kpi.views.commentary import Commentary
from kpi.views.gaps import Gap, GapsOfUnit
from kpi.views.markdown import plain

FIELDS: Final[dict[str, str]] = {
    "cause": mark("Cause: why the target was missed"),
    "obstacle": mark("Obstacle (if there is one)"),
    "follow_up": mark("Follow-up: what is done about it"),
    "owner": mark("Responsible post (no person's name)"),
    "due": mark("Done by, as 2026-12-31"),
}
NAMED: Final = 5
"""Figures without a comment that are named; more are counted."""


def heading(missed: Sequence[Gap], silent: Sequence[Gap], gaps: GapsOfUnit, t: Translator) -> str:
    """Return how many missed figures have no comment yet, and which, in Markdown."""
    if not silent:
        return t("Every missed target of this period has its cause and follow-up.")
    said = t.plural(
        "{n} of {total} missed targets has no comment yet: {names}.",
        "{n} of {total} missed targets have no comment yet: {names}.",
        len(silent),
        total=t.number(len(missed)),
        names=_names(silent, gaps, t),
    )
    return f"**{said}**"


def due_said(comments: Sequence[Commentary], today: date, t: Translator) -> str:
    """Return how many follow-ups are past their due day; empty where none is.

    Whether they were done nobody enters apart: the next comment on the figure says what became of them.
    """
    late = sum(comment.days_left(today) < 0 for comment in comments)
    if not late:
        return ""
    return t.plural(
        "▲ {n} of {total} follow-up is past its due day. Ask what became of it, and write it into the next comment.",
        "▲ {n} of {total} follow-ups are past their due day. Ask what became of them, and write it into the next "
        "comment.",
        late,
        total=t.number(len(comments)),
    )


def left_said(comment: Commentary, today: date, t: Translator) -> str:
    """Return, as shape and words, how long a follow-up still has, or since when it is past its due day."""
    days = comment.days_left(today)
    if days < 0:
        return t.plural("▲ {n} day past its due day", "▲ {n} days past its due day", -days)
    return t.plural("○ {n} day left", "○ {n} days left", days) if days else t("○ due today")


def choice(gap: Gap, silent: Sequence[Gap], gaps: GapsOfUnit, t: Translator) -> str:
    """Return the name of a missed figure in the list from which the form chooses."""
    return name_of(gap, gaps) if gap in silent else t("{figure} (change its comment)", figure=name_of(gap, gaps))


def name_of(gap: Gap, gaps: GapsOfUnit) -> str:
    """Return a figure's name; with its unit where that isn't the page's own."""
    return gap.sheet.name if gaps.is_own else f"{gap.sheet.name} · {gap.unit_name}"


def comment_said(comment: Commentary, name: str, today: date, t: Translator, *, with_period: bool) -> str:
    """Return a comment as Markdown lines: what it is on, cause, obstacle, follow-up with who and until when, author."""
    on = f"{name}, {t.period(comment.period)}" if with_period else name
    lines = [f"**{plain(on)}**"] if on else []
    lines.append(t("Cause: {cause}", cause=plain(comment.cause)))
    if comment.obstacle:
        lines.append(t("Obstacle: {obstacle}", obstacle=plain(comment.obstacle)))
    lines.append(t("Follow-up: {follow_up}", follow_up=plain(comment.follow_up)))
    lines.append(f":small[:gray[{_small(comment, today, t)}]]")
    return "  \n".join(lines)


def table(
    comments: Sequence[Commentary], names: Mapping[tuple[str, str], tuple[str, str]], today: date, t: Translator
) -> pd.DataFrame:
    """Return a row per comment as texts; `names`: unit's and indicator's name by their codes."""
    return pd.DataFrame(
        [
            {
                t("Unit"): names[comment.pair][0],
                t("Indicator"): names[comment.pair][1],
                t("Period"): t.period(comment.period),
                t("Cause"): comment.cause,
                t("Obstacle"): comment.obstacle or MISSING,
                t("Follow-up"): comment.follow_up,
                t("Responsible"): comment.owner,
                t("Done by"): t.date(comment.due),
                t("Due day"): left_said(comment, today, t),
            }
            for comment in comments
        ]
    )


def saved_said(name: str, t: Translator, *, is_new: bool) -> str:
    """Return what became of a comment that was entered."""
    if is_new:
        return t("The comment on {figure} is saved.", figure=plain(name))
    return t("This comment on {figure} stands already; nothing was added.", figure=plain(name))


def _small(comment: Commentary, today: date, t: Translator) -> str:
    by = t("{owner}, by {date}", owner=plain(comment.owner), date=t.date(comment.due))
    said = f"{by} · {left_said(comment, today, t)}"
    if comment.author is None:
        return said
    return f"{said} · {t('written by {author}', author=plain(comment.author))}"


def _names(silent: Sequence[Gap], gaps: GapsOfUnit, t: Translator) -> str:
    names = "; ".join(plain(name_of(gap, gaps)) for gap in silent[:NAMED])
    if len(silent) <= NAMED:
        return names
    return t("{names} and {count} more", names=names, count=t.number(len(silent) - NAMED))
