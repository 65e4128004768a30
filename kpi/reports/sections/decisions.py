"""What to decide: the missed figures that cost most, each with its cause and follow-up as entered."""

from __future__ import annotations

from kpi.i18n import Translator
from kpi.reports.cells import loss, target, text, value
from kpi.reports.content import Cell, Column, Section, Slide, Table
from kpi.reports.gathered import Gathered
from kpi.reports.sections.commentary import follow_up_of
from kpi.reports.sections.links import link
from kpi.views import pace_words
from kpi.views.gaps import Gap
from kpi.views.pace import PaceVerdict


def section(found: Gathered, t: Translator) -> Section:
    """Return the missed figures, the costliest first."""
    missed = found.gaps.missed
    lost = {(pace.unit_code, pace.sheet.code): pace for pace in found.year.said}
    hopeless = sum(pace.verdict is PaceVerdict.OUT_OF_REACH for pair, pace in lost.items() if pair in _pairs(missed))
    message = t("No target was missed: nothing has to be decided here.")
    if missed:
        message = t.plural(
            "{n} missed figure needs a decision: {hopeless} can't reach its target of the year any more.",
            "{n} missed figures need a decision: {hopeless} can't reach their target of the year any more.",
            len(missed),
            hopeless=t.number(hopeless),
        )
    columns = (
        Column(t("Indicator"), 44),
        Column(t("Unit"), 36),
        Column(t("Value"), 15, True),
        Column(t("Target"), 15, True),
        Column(t("Effect on the index"), 12, True),
        Column(t("Rest of the year"), 30),
        Column(t("Cause"), 40),
        Column(t("Follow-up"), 48),
    )
    rows = tuple(
        (
            text(gap.sheet.name),
            text(gap.unit_name),
            value(gap.value, gap.sheet, t),
            target(gap.target, gap.target_high, gap.sheet, t),
            loss(gap.loss, t),
            _rest(gap, found, t),
            *follow_up_of(found, gap.pair, t),
        )
        for gap in missed
    )
    return Section(
        code="decisions",
        heading=t("Decisions to take"),
        message=message,
        tables=(Table(t("Missed targets"), columns, rows),),
        slide=Slide(columns=(0, 1, 2, 3, 5, 7), rows=8),
        link=link(found, "gaps", unit=found.unit.unit_code, gaps="missed"),
    )


def _pairs(figures: tuple[Gap, ...]) -> set[tuple[str, str]]:
    return {gap.pair for gap in figures}


def _rest(gap: Gap, found: Gathered, t: Translator) -> Cell:
    for pace in found.year.said:
        if (pace.unit_code, pace.sheet.code) == gap.pair:
            return text(t(pace_words.VERDICTS[pace.verdict]))
    return text("")
