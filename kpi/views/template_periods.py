"""Which periods a unit may want a template for: those it reports now. Knows no screen and no language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from kpi.access import AllowedSnapshot
from kpi.periods import GRAINS, Grain, Period

BEFORE: Final = 6
"""Finished periods that are offered, for figures that come late."""
AHEAD: Final = 1
"""Periods after the one that runs: their targets can be stated."""


@dataclass(frozen=True, slots=True)
class TemplatePeriods:
    """The periods by their grain, the latest first; `due` is the last finished one of the grain asked for."""

    periods: dict[Grain, tuple[Period, ...]]
    due: Period


def template_periods(snapshot: AllowedSnapshot, grain: Grain, year_starts_in: int) -> TemplatePeriods:
    """Return the periods around the day of the snapshot."""
    today = snapshot.meta.today
    return TemplatePeriods(
        {each: _around(today, each, year_starts_in) for each in GRAINS},
        Period.containing(today, grain, year_starts_in).shifted(-1),
    )


def _around(today: date, grain: Grain, year_starts_in: int) -> tuple[Period, ...]:
    now = Period.containing(today, grain, year_starts_in)
    return tuple(now.shifted(step) for step in range(AHEAD, -BEFORE - 1, -1))
