"""What changed for real: the figures that really improved or got worse, each with its target."""

from __future__ import annotations

from dataclasses import replace

from kpi.i18n import Translator
from kpi.reports.cells import index, target, text, value
from kpi.reports.content import Cell, Column, Section, Slide, Table
from kpi.reports.gathered import Gathered
from kpi.reports.sections.links import link
from kpi.reports.texts import unmarked
from kpi.views import change_and_target_words as words
from kpi.views.change_and_target import Judged, Move
from kpi.views.help_texts import TEXTS, Topic


def section(found: Gathered, t: Translator) -> Section:
    """Return the figures that really changed, those that got worse first; all figures in a second table."""
    judged = found.judged
    worse = tuple(figure for figure in judged.figures if figure.move is Move.WORSE)
    changed = tuple(figure for figure in judged.figures if figure.move is Move.CHANGED)
    real = (*worse, *judged.better, *changed)
    steady = sum(figure.move is Move.STEADY for figure in judged.figures)
    unjudged = sum(figure.move is Move.NOT_JUDGED for figure in judged.figures)
    message = t(
        "Really got worse: {worse}; really improved: {better}; without a real change: {steady}.",
        worse=t.number(len(worse)),
        better=t.number(len(judged.better)),
        steady=t.number(steady),
    )
    notes = [unmarked(words.sentence(judged, t))] if judged.figures else []
    if unjudged:
        notes.append(
            t.plural(
                "{n} figure isn't judged: too few values, a season, or no direction.",
                "{n} figures aren't judged: too few values, a season, or no direction.",
                unjudged,
            )
        )
    return Section(
        code="changes",
        heading=t("What really changed"),
        message=message,
        notes=tuple(notes),
        tables=(
            _table(t("What really changed"), real, found, t),
            replace(_table(t("All figures"), judged.figures, found, t), is_annex=True),
        ),
        help=tuple(t(text) for text in TEXTS[Topic.TREND]),
        slide=Slide(columns=(0, 1, 3, 4, 5, 6), rows=9, notes=1),
        link=link(found, "overview", parent=found.unit.unit_code),
    )


def _table(title: str, figures: tuple[Judged, ...], found: Gathered, t: Translator) -> Table:
    columns = (
        Column(t("Indicator"), 44),
        Column(t("Unit"), 36),
        Column(t("Period"), 18),
        Column(t("Really changed?"), 18),
        Column(t("Target met?"), 18),
        Column(t("Value"), 22, True),
        Column(t("Target"), 22, True),
        Column(t("Index"), 9, True),
        Column(t("Why"), 70),
    )
    return Table(title, columns, tuple(_row(figure, found, t) for figure in figures))


def _row(figure: Judged, found: Gathered, t: Translator) -> tuple[Cell, ...]:
    return (
        text(figure.sheet.name),
        text(figure.unit_name),
        text(t.period(figure.period, to_date=figure.is_to_date)),
        text(words.row_said(figure.move, t)),
        text(words.column_said(figure.aim, t)),
        value(figure.value, figure.sheet, t),
        target(figure.target, figure.target_high, figure.sheet, t),
        index(figure.index, found.profile, t, is_unit=False),
        text(unmarked(words.change_line(figure, t))),
    )
