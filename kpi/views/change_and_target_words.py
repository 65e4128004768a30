"""What change × target says: the first sentence, rows and columns as shape and word, a figure in plain sentences."""

from __future__ import annotations

from typing import Final

from kpi.i18n import Translator, mark
from kpi.views.change_and_target import Aim, ChangeAndTarget, Judged, Move
from kpi.views.control import Unfit
from kpi.views.control_words import UNFIT, both_verdicts
from kpi.views.figures_words import brief, measured, target_said
from kpi.views.markdown import plain
from kpi.views.withheld import why_not

MOVES: Final[dict[Move, tuple[str, str]]] = {
    Move.WORSE: ("✖", mark("Got worse")),
    Move.STEADY: ("●", mark("No real change")),
    Move.BETTER: ("✔", mark("Improved")),
    Move.CHANGED: ("◆", mark("Changed")),
    Move.NOT_JUDGED: ("○", mark("Not judged")),
}
AIMS: Final[dict[Aim, tuple[str, str]]] = {
    Aim.MISSED: ("☒", mark("missed")),
    Aim.MET: ("☑", mark("met")),
    Aim.NOT_SCORED: ("☐", mark("not scored")),
}
"""Shapes of their own for each question, so that neither is read for the other, and none needs its colour."""
NAMED: Final = 2
"""Figures that the first sentence names; more are counted."""


def sentence(seen: ChangeAndTarget, t: Translator) -> str:
    """Return what a leader should know first: what gets worse and misses its target, and what really improved."""
    worst, improved = seen.cell(Move.WORSE, Aim.MISSED), t.number(len(seen.better))
    every = t.number(len(seen.figures))
    if not worst:
        return t(
            "No indicator really got worse and misses its target; {improved} of {all} really improved.",
            improved=improved,
            all=every,
        )
    named = "; ".join(t("{indicator} ({unit})", **_names(figure)) for figure in worst[:NAMED])
    more = len(worst) - NAMED
    return t.plural(
        "{n} of {all} indicators really got worse and misses its target: {names}. {improved} really improved.",
        "{n} of {all} indicators really got worse and miss their targets: {names}. {improved} really improved.",
        len(worst),
        all=every,
        names=named if more <= 0 else t("{names} and {n} more", names=named, n=t.number(more)),
        improved=improved,
    )


def counted(seen: ChangeAndTarget, t: Translator) -> str:
    """Return whose indicators are counted."""
    unit = plain(seen.unit.name)
    said = t("Counted are the indicators of {unit}.", unit=unit)
    if seen.units_below:
        said = t.plural(
            "Counted are the indicators of {unit} and of the {n} unit right below it, each once per unit.",
            "Counted are the indicators of {unit} and of the {n} units right below it, each once per unit.",
            seen.units_below,
            unit=unit,
        )
    return f"{said} {t(UNFIT[Unfit.TO_DATE])}" if seen.to_date else said


def row_said(move: Move, t: Translator) -> str:
    """Return shape and word of a row."""
    shape, word = MOVES[move]
    return f"{shape} {t(word)}"


def column_said(aim: Aim, t: Translator) -> str:
    """Return shape and word of a column."""
    shape, word = AIMS[aim]
    return f"{shape} {t(word)}"


def cell_said(move: Move, aim: Aim, t: Translator) -> str:
    """Return both words of a cell."""
    return t("{move}, target {aim}", move=row_said(move, t), aim=column_said(aim, t))


def name(figure: Judged, t: Translator) -> str:
    """Return what a figure is called: its indicator and its unit (Markdown)."""
    return t("{indicator} ({unit})", **_names(figure))


def target_line(figure: Judged, t: Translator) -> str:
    """Return the verdict on the target with the value against it (Markdown)."""
    value = plain(measured(figure.value, figure.sheet, t))
    target = plain(target_said(figure.target, figure.target_high, figure.sheet, t))
    when = t.period(figure.period, to_date=figure.is_to_date)
    match figure.aim:
        case Aim.MISSED:
            return t(
                "**☒ Target missed**: {value} against {target}, {period}.", value=value, target=target, period=when
            )
        case Aim.MET:
            return t("**☑ Target met**: {value} against {target}, {period}.", value=value, target=target, period=when)
        case Aim.NOT_SCORED:
            why = why_not(figure, t)
            return t("**☐ Not scored**, {reason}: {value}, {period}.", reason=why, value=value, period=when)


def improved_line(figure: Judged, t: Translator) -> str:
    """Return how far a figure has come and the verdict on its target (Markdown)."""
    return t(
        "{value}; on average {average} so far. Target: **{aim}**.",
        value=plain(measured(figure.newest, figure.sheet, t)),
        average=plain(brief(figure.average, figure.sheet, t)),
        aim=column_said(figure.aim, t),
    )


def change_line(figure: Judged, t: Translator) -> str:
    """Return the verdict on the change, and what its usual range says of the target: the sentence of Trends."""
    said = both_verdicts(figure.control, figure, t)
    return f"**{row_said(figure.move, t)}.** {said}" if figure.move is Move.NOT_JUDGED else said


def _names(figure: Judged) -> dict[str, str]:
    return {"indicator": plain(figure.sheet.name), "unit": plain(figure.unit_name)}
