"""Whether figures may stand side by side: what differs between partners, as codes that a page puts in words. Pure."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kpi.periods import Period


class Difference(StrEnum):
    """What keeps figures from being compared, gravest first."""

    INDICATOR = "indicator"
    UNIT_OF_MEASURE = "unit_of_measure"
    DEFINITION = "definition"
    LENGTH = "length"
    SEASON = "season"
    PERIOD = "period"
    UNFINISHED = "unfinished"
    INCOMPLETE = "incomplete"


@dataclass(frozen=True, slots=True)
class Partner:
    """One figure's circumstances. `period` is the span that the figure covers, so a figure to date has its own.

    `definition_version` None = never stated, which counts as one version. `is_finished` = the period is over;
    `is_complete` = every part that was expected has reported.
    """

    indicator_code: str
    period: Period
    unit_of_measure: str = ""
    definition_version: str | None = None
    is_finished: bool = True
    is_complete: bool = True


def comparability(partners: Sequence[Partner], *, over_time: bool = False) -> tuple[Difference, ...]:
    """Return what differs between the partners, gravest first; empty = like with like.

    Units are compared within one period. With `over_time` the periods may lie in different years but must be of one
    length and season (March with March). One unfinished or incomplete partner is enough to say so.
    """
    found = {
        Difference.INDICATOR: _differ(partner.indicator_code for partner in partners),
        Difference.UNIT_OF_MEASURE: _differ(partner.unit_of_measure for partner in partners),
        Difference.DEFINITION: _differ(partner.definition_version for partner in partners),
        Difference.LENGTH: _differ(_months(partner.period) for partner in partners),
        Difference.SEASON: over_time and _differ(partner.period.start.month for partner in partners),
        Difference.PERIOD: not over_time and _differ((p.period.start, p.period.end) for p in partners),
        Difference.UNFINISHED: not all(partner.is_finished for partner in partners),
        Difference.INCOMPLETE: not all(partner.is_complete for partner in partners),
    }
    return tuple(difference for difference, is_found in found.items() if is_found)


def _months(period: Period) -> int:
    return (period.end.year - period.start.year) * 12 + period.end.month - period.start.month


def _differ(facts: Iterable[Hashable]) -> bool:
    return len(set(facts)) > 1
