"""Will the year's targets be met: what the rest of the year must bring, and where the costliest are heading."""

from __future__ import annotations

from kpi.i18n import Translator
from kpi.reports.cells import text
from kpi.reports.content import Cell, Column, Section, Slide, Table
from kpi.reports.gathered import Gathered
from kpi.reports.sections.links import link
from kpi.reports.texts import unmarked
from kpi.views import outlook_words
from kpi.views import pace_words as words
from kpi.views.help_texts import TEXTS, Topic
from kpi.views.pace import Pace, PaceVerdict


def section(found: Gathered, t: Translator) -> Section | None:
    """Return what the rest of the year needs; None where nothing of it is left."""
    if found.year.is_over:
        return None
    notes = [
        f"{gap.sheet.name} ({gap.unit_name}): {unmarked(outlook_words.outlook_sentence(seen, t))}"
        for gap, seen in found.outlooks
    ]
    return Section(
        code="year_end",
        heading=t("Will the targets of {year} be met?", year=t.period(found.year.year)),
        message=_message(found, t),
        notes=(unmarked(words.heading(found.year, t)), *notes),
        tables=(_table(found, t),) if found.year.paces else (),
        help=tuple(t(text) for text in TEXTS[Topic.PACE]),
        slide=Slide(columns=(0, 1, 2, 3, 5), rows=6, notes=1),
        link=link(found, "gaps", unit=found.unit.unit_code),
    )


def _message(found: Gathered, t: Translator) -> str:
    verdicts = [pace.verdict for pace in found.year.said]
    if not verdicts:
        return words.heading(found.year, t)
    endangered = sum(each in (PaceVerdict.OUT_OF_REACH, PaceVerdict.TOO_SLOW) for each in verdicts)
    return t(
        "{endangered} of {all} targets of {year} are out of reach or too slow; {safe} are met or on pace.",
        endangered=t.number(endangered),
        all=t.number(len(verdicts)),
        year=t.period(found.year.year),
        safe=t.number(sum(each in (PaceVerdict.REACHED, PaceVerdict.ENOUGH) for each in verdicts)),
    )


def _table(found: Gathered, t: Translator) -> Table:
    names = {gap.unit_code: gap.unit_name for gap in (*found.gaps.scored, *found.figures)}
    columns = (
        Column(t("Indicator"), 44),
        Column(t("Unit"), 36),
        Column(t("Verdict"), 34),
        Column(t("Target of the year"), 22),
        Column(t("So far"), 26),
        Column(t("Needed"), 30),
        Column(t("In"), 18),
    )
    rows = tuple(
        (
            text(pace.sheet.name),
            text(names.get(pace.unit_code, found.unit.name)),
            text(t(words.REASONS[pace.why_not]) if pace.why_not else t(words.VERDICTS[pace.verdict])),
            *_amounts(pace, t),
        )
        for pace in found.year.paces
    )
    return Table(t("What the rest of the year must bring"), columns, rows)


def _amounts(pace: Pace, t: Translator) -> tuple[Cell, ...]:
    if pace.why_not:
        return (text(""),) * 4
    return (
        text(words.bounds(pace.end, pace.sheet, t)),
        text(words.so_far_said(pace, t)),
        text(words.needed_said(pace, t)),
        text(words.span(pace.left, t)),
    )
