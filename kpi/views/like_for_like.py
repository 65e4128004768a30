"""Like for like: a figure beside the one of an earlier period that it may be compared with, and what the move means.

An unfinished or partial period is never set against a whole one without a caution. Knows no screen and no store.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from math import isnan, nan
from typing import assert_never

from kpi.model import Polarity
from kpi.periods import Grain, Period
from kpi.views.lineage import Earlier, Figure, Figures, Lineage, Obstacle, Rules, earlier_figure


class Caution(StrEnum):
    """What must be said beside a comparison: this side is not as whole as the earlier one."""

    UNFINISHED = "unfinished"
    PARTS_MISSING = "parts_missing"
    PARTS_WERE_MISSING = "parts_were_missing"


class Move(StrEnum):
    """Where a figure went, at the decimals that a reader sees."""

    ROSE = "rose"
    FELL = "fell"
    SAME = "same"


class Judgement(StrEnum):
    """What a move means for an indicator of this polarity."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "same"


class Partner(StrEnum):
    """Which earlier period a figure is compared with."""

    PREVIOUS = "previous"
    YEAR_BEFORE = "year_before"


@dataclass(frozen=True, slots=True)
class Change:
    """A figure beside its like-for-like partner.

    `difference` = value − earlier value in the indicator's own unit of measure, NaN where there is an obstacle.
    `judgement` is None where nobody can say: an obstacle, a caution, a neutral indicator, no target to be near to, or
    `is_planned`: the target moved the same way by at least half as much (a budget that starts anew each year).
    `followed` are the units other than its own that the earlier figure comes from.
    """

    partner: Partner
    then: Period
    value: float
    earlier: float
    difference: float
    move: Move | None
    judgement: Judgement | None
    caution: Caution | None
    is_planned: bool
    obstacle: Obstacle | None
    because_of: tuple[str, ...]
    followed: tuple[str, ...]


def partners(period: Period, every_years: int, *, to_date: bool) -> tuple[tuple[Partner, Period], ...]:
    """Return the earlier periods that a period is compared with.

    A year has one partner, `every_years` back. A figure to date has one: the same months of the year before (its own
    year's earlier spans lie inside it).
    """
    year_before = (Partner.YEAR_BEFORE, period.years_later(-max(every_years, 1)))
    if to_date or period.grain is Grain.YEAR:
        return (year_before,)
    return ((Partner.PREVIOUS, period.shifted(-1)), year_before)


def change(
    figures: Figures,
    lineage: Lineage,
    rules: Rules,
    unit_code: str,
    now: Period,
    partner: tuple[Partner, Period],
) -> Change:
    """Return the unit's figure of `now` beside that of its partner."""
    kind, then = partner
    current = figures.get((unit_code, now.start), Figure(nan))
    found = (
        Earlier(None, Obstacle.NO_VALUE)
        if isnan(current.value)
        else earlier_figure(figures, lineage, rules, unit_code, now, then)
    )
    blank = Change(kind, then, current.value, nan, nan, None, None, None, False, found.obstacle, found.because_of, ())
    if found.figure is None:
        return blank
    before = found.figure
    caution = caution_of(current, before)
    difference = current.value - before.value
    planned = kind is Partner.PREVIOUS and is_planned(difference, current.target - before.target)
    may_judge = caution is None and not planned
    return replace(
        blank,
        earlier=before.value,
        difference=difference,
        move=move_of(difference, rules.decimals),
        judgement=judgement_of(current, before, rules) if may_judge else None,
        caution=caution,
        is_planned=planned,
        followed=tuple(code for code in before.from_units if code != unit_code),
    )


def caution_of(current: Figure, before: Figure) -> Caution | None:
    """Return what must be said when one side is less whole than the other."""
    if before.is_finished and not current.is_finished:
        return Caution.UNFINISHED
    if before.is_complete and not current.is_complete:
        return Caution.PARTS_MISSING
    if current.is_complete and not before.is_complete:
        return Caution.PARTS_WERE_MISSING
    return None


def is_planned(moved: float, target_moved: float) -> bool:
    """Whether the target moved the same way, by at least half as much; False without targets."""
    return moved * target_moved > 0 and abs(target_moved) >= abs(moved) / 2


def move_of(difference: float, decimals: int) -> Move:
    """Return where a figure went, at the decimals that a reader sees."""
    size = round(difference, decimals)
    return Move.SAME if size == 0 else Move.ROSE if size > 0 else Move.FELL


def judgement_of(current: Figure, before: Figure, rules: Rules) -> Judgement | None:
    """Return whether the move is better or worse; None where the indicator doesn't say."""
    match rules.polarity:
        case Polarity.MAXIMIZE:
            gain = current.value - before.value
        case Polarity.MINIMIZE:
            gain = before.value - current.value
        case Polarity.STABILIZE:
            gain = distance(before) - distance(current)
        case Polarity.NEUTRAL | None:
            return None
        case _:
            assert_never(rules.polarity)
    if isnan(gain):
        return None
    size = round(gain, rules.decimals)
    return Judgement.SAME if size == 0 else Judgement.BETTER if size > 0 else Judgement.WORSE


def distance(figure: Figure) -> float:
    """Return how far a value lies from its target or target range; NaN without a target."""
    high = figure.target if isnan(figure.target_high) else figure.target_high
    return max(figure.target - figure.value, figure.value - high, 0.0) if not isnan(figure.target) else nan
