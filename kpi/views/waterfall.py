"""The way from 100 to a unit's index as few steps: the largest ones each, the small ones together.

Knows no screen and no language.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kpi.views.gaps import Cut, GapsOfUnit

LOSSES_SHOWN: Final = 8
GAINS_SHOWN: Final = 5


@dataclass(frozen=True, slots=True)
class Step:
    """One step, ratios: from `start` to `end`. `cuts` holds one cut, or several that are too small to stand alone."""

    cuts: tuple[Cut, ...]
    start: float
    end: float

    @property
    def change(self) -> float:
        """What the step does to the index: below 0 = a loss."""
        return self.end - self.start


def waterfall(gaps: GapsOfUnit) -> tuple[Step, ...]:
    """Return the steps from 1.0 to the unit's index: losses, the largest first, then gains, the largest last.

    Cuts of nothing are no step. The last step ends at the index; empty where there is no index.
    """
    losing, gaining = gaps.losing, gaps.gaining
    small_losses, small_gains = losing[LOSSES_SHOWN:], gaining[: max(len(gaining) - GAINS_SHOWN, 0)]
    groups = [*((cut,) for cut in losing[:LOSSES_SHOWN]), small_losses, small_gains]
    groups += [(cut,) for cut in gaining[len(small_gains) :]]
    return _steps([group for group in groups if group])


def _steps(groups: Sequence[tuple[Cut, ...]]) -> tuple[Step, ...]:
    steps: list[Step] = []
    place = 1.0
    for group in groups:
        end = place - sum(cut.loss for cut in group)
        steps.append(Step(group, place, end))
        place = end
    return tuple(steps)
