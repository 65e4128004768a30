"""The summary: how many targets are met, what really changed, the index; and the two verdicts as one picture."""

from __future__ import annotations

from typing import Final

from kpi.i18n import Translator
from kpi.reports.cells import index
from kpi.reports.content import Big, Cell, Chart, ChartKind, Column, Section, Series, Slide, Table
from kpi.reports.gathered import Gathered
from kpi.reports.sections.links import link
from kpi.reports.texts import unmarked
from kpi.views import change_and_target_words as verdicts
from kpi.views import gaps_words
from kpi.views.change_and_target import Aim, ChangeAndTarget, Move
from kpi.views.help_texts import TEXTS, Topic
from kpi.views.overview_words import why_not_rated
from kpi.views.ratings import rating_style

SHADES: Final[dict[Aim, str]] = {Aim.MISSED: "#b3541e", Aim.MET: "#0b5c8a", Aim.NOT_SCORED: "#aab4bb"}
"""Told apart by their lightness too; each has its shape and word in the legend."""


def section(found: Gathered, t: Translator) -> Section:
    """Return the summary."""
    judged = found.judged
    met, missed = (sum(figure.aim is aim for figure in judged.figures) for aim in (Aim.MET, Aim.MISSED))
    worse = sum(figure.move is Move.WORSE for figure in judged.figures)
    message = t(
        "{met} of {all} targets are met; really improved: {better}, really got worse: {worse}.",
        met=t.number(met),
        all=t.number(met + missed),
        better=t.number(len(judged.better)),
        worse=t.number(worse),
    )
    notes = (
        unmarked(gaps_words.sentence(found.gaps, found.profile, t)),
        unmarked(verdicts.sentence(judged, t)) if judged.figures else "",
        unmarked(verdicts.counted(judged, t)),
    )
    return Section(
        code="summary",
        heading=t("Summary"),
        message=message,
        notes=tuple(note for note in notes if note),
        bigs=(
            _index(found, t),
            Big(f"{t.number(met)}/{t.number(met + missed)}", t("targets met")),
            Big(t.number(len(judged.better)), t("really improved")),
            Big(t.number(worse), t("really got worse")),
        ),
        chart=_chart(judged, t),
        tables=(_table(judged, t),),
        help=tuple(t(text) for text in TEXTS[Topic.TWO_VERDICTS]),
        slide=Slide(notes=1),
        link=link(found, "overview", parent=found.unit.unit_code),
    )


def _index(found: Gathered, t: Translator) -> Big:
    standing = found.gaps.standing
    style = rating_style(found.profile, standing.rating, t.language, "light")
    words = style.words if standing.rating else f"{style.symbol} {why_not_rated(standing, found.profile, t)}"
    return Big(index(standing.index, found.profile, t).text, f"{t('Index')}: {words}", style.colour)


def _chart(judged: ChangeAndTarget, t: Translator) -> Chart:
    moves = judged.moves
    return Chart(
        kind=ChartKind.STACKED,
        title=t("Indicators by both verdicts"),
        categories=tuple(verdicts.row_said(move, t) for move in moves),
        series=tuple(
            Series(
                verdicts.column_said(aim, t),
                tuple(float(len(judged.cell(move, aim))) for move in moves),
                (SHADES[aim],),
                tuple(t.number(len(judged.cell(move, aim))) for move in moves),
            )
            for aim in Aim
        ),
        alt="; ".join(
            f"{verdicts.cell_said(move, aim, t)}: {t.number(len(judged.cell(move, aim)))}"
            for move in moves
            for aim in Aim
        ),
        axis=t("Number of indicators"),
    )


def _table(judged: ChangeAndTarget, t: Translator) -> Table:
    columns = (Column(t("Really changed?"), 26), *(Column(verdicts.column_said(aim, t), 14, True) for aim in Aim))
    rows = tuple(
        (
            Cell(verdicts.row_said(move, t)),
            *(Cell(t.number(len(judged.cell(move, aim))), float(len(judged.cell(move, aim)))) for aim in Aim),
        )
        for move in judged.moves
    )
    return Table(t("Indicators by both verdicts"), columns, rows)
