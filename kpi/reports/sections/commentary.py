"""Causes and follow-ups as the units entered them, for every figure of the report that has a comment."""

from __future__ import annotations

from kpi.i18n import Translator
from kpi.reports.cells import text
from kpi.reports.content import Cell, Column, Section, Table
from kpi.reports.gathered import Gathered
from kpi.reports.sections.links import link
from kpi.views.commentary import Commentary, without_comment

NAMED = 8
"""Missed figures without a comment that are named; more are counted."""


def section(found: Gathered, t: Translator) -> Section | None:
    """Return the comments; None where nobody has said anything and nothing was missed."""
    missed = found.gaps.missed
    silent = without_comment(missed, found.comments)
    if not found.comments and not silent:
        return None
    return Section(
        code="commentary",
        heading=t("Causes and follow-ups"),
        message=t(
            "{said} of {all} missed figures have a cause and a follow-up; {rest} have none yet.",
            said=t.number(len(missed) - len(silent)),
            all=t.number(len(missed)),
            rest=t.number(len(silent)),
        ),
        notes=_silent(found, t),
        tables=(_table(found, t),) if found.comments else (),
        link=link(found, "gaps", unit=found.unit.unit_code),
    )


def follow_up_of(found: Gathered, pair: tuple[str, str], t: Translator) -> tuple[Cell, Cell]:
    """Return the cause and the follow-up, with who does it until when, of one figure; empty where none is said."""
    comment = next((each for each in found.comments if each.pair == pair), None)
    if comment is None:
        return text(""), text("")
    who = t("{owner}, by {date}", owner=comment.owner, date=t.date(comment.due))
    return text(comment.cause), text(f"{comment.follow_up} ({who})")


def _silent(found: Gathered, t: Translator) -> tuple[str, ...]:
    silent = without_comment(found.gaps.missed, found.comments)
    if not silent:
        return ()
    names = "; ".join(f"{gap.sheet.name} ({gap.unit_name})" for gap in silent[:NAMED])
    if len(silent) > NAMED:
        names = t("{names} and {count} more", names=names, count=t.number(len(silent) - NAMED))
    return (t("Without a comment: {names}.", names=names),)


def _table(found: Gathered, t: Translator) -> Table:
    columns = (
        Column(t("Indicator"), 34),
        Column(t("Unit"), 30),
        Column(t("Period"), 16),
        Column(t("Cause"), 46),
        Column(t("Obstacle"), 34),
        Column(t("Follow-up"), 46),
        Column(t("Responsible"), 24),
        Column(t("Done by"), 16),
    )
    names = {gap.pair: (gap.sheet.name, gap.unit_name) for gap in found.all_figures}
    rows = tuple(_row(comment, *names[comment.pair], t) for comment in found.comments)
    return Table(t("Causes and follow-ups"), columns, rows)


def _row(comment: Commentary, indicator: str, unit: str, t: Translator) -> tuple[Cell, ...]:
    words = (
        indicator,
        unit,
        t.period(comment.period),
        comment.cause,
        comment.obstacle,
        comment.follow_up,
        comment.owner,
        t.date(comment.due),
    )
    return tuple(text(word) for word in words)
