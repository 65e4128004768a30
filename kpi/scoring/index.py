"""Index: achievement after conversion scale, full at target, cap and floor. Knows no band and no file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from kpi.model import POLARITY_CODE, Polarity, Reason
from kpi.scoring.achievement import achievement, bounds, outcome_of, outcomes, refusal
from kpi.scoring.figures import Figures, Workings
from kpi.scoring.formula import evaluate
from kpi.scoring.profile import RuleProfile

CAP: Final = "minimum(I, cap)"
FLOOR: Final = "maximum(I, floor)"


@dataclass(frozen=True, slots=True)
class Rules:
    """A profile made ready for columns: its decision table, and the polarities that a rule speaks of as codes."""

    table: np.ndarray
    cap: float | None
    floor: float | None
    full_index: float | None
    full_for: tuple[int, ...]
    scaled_for: tuple[int, ...]

    @classmethod
    def of(cls, profile: RuleProfile) -> Rules:
        """Return the rules of `profile`."""
        full = profile.full_at_target
        return cls(
            table=outcomes(profile),
            cap=profile.cap,
            floor=profile.floor,
            full_index=full.index if full else None,
            full_for=tuple(POLARITY_CODE[polarity] for polarity in full.polarities) if full else (),
            scaled_for=tuple(POLARITY_CODE[p] for p, rule in profile.rules.items() if rule.conversion_scale),
        )


def score(figures: Figures, rules: Rules) -> Workings:
    """Score a block of figures: one row in, one row out, nothing mutated. `figures` have passed their `check`."""
    bound, inside = bounds(figures)
    looked_up = outcome_of(figures, rules.table, bound, inside)
    ratio, outcome = achievement(figures, bound, looked_up)
    converted, verdict = on_scale(figures, rules, ratio, outcome)
    converted, verdict, is_full = full_at_target(figures, rules, converted, verdict)
    return Workings(bound, outcome, ratio, converted, is_full, within_limits(converted, rules), verdict)


def on_scale(figures: Figures, rules: Rules, ratio: np.ndarray, outcome: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the index read off each indicator's own scale where the profile asks for one, and the verdict.

    Where it asks and the indicator declares none: NaN, not scored. Elsewhere the achievement itself.
    """
    if not rules.scaled_for:
        return ratio, outcome
    asked = np.flatnonzero(_is_any(figures.polarity, rules.scaled_for) & (outcome >= 0))
    if not len(asked):
        return ratio, outcome
    converted, verdict = ratio.copy(), outcome.copy()
    for number, rows in _by_scale(figures.scale, asked):
        if number < 0:
            converted[rows], verdict[rows] = np.nan, refusal(Reason.NO_CONVERSION_SCALE)
        else:
            converted[rows] = figures.scales[number].converted(ratio[rows])
    return converted, verdict


def _by_scale(scale: np.ndarray | None, rows: np.ndarray) -> Iterator[tuple[int, np.ndarray]]:
    """Yield the place of each scale that `rows` declare, with those rows; -1 for those that declare none."""
    if scale is None:
        yield -1, rows
        return
    declared = scale[rows]
    for number in np.unique(declared).tolist():
        yield number, rows[declared == number]


def full_at_target(
    figures: Figures, rules: Rules, converted: np.ndarray, verdict: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return index, verdict and where the rule acted: an indicator that can't exceed its target has met it.

    A range is met from its near end on. A minimized target of zero is met at zero even without a worst value.
    """
    if rules.full_index is None or figures.is_full_at_target is None or not figures.is_full_at_target.any():
        return converted, verdict, np.zeros(len(figures), dtype=bool)
    minimize = POLARITY_CODE[Polarity.MINIMIZE]
    high = figures.target if figures.target_high is None else np.fmax(figures.target, figures.target_high)
    is_minimized = figures.polarity == minimize
    is_met = np.where(is_minimized, figures.value <= high, figures.value >= figures.target)
    can_be_met = (verdict >= 0) | (is_minimized & (verdict == refusal(Reason.ZERO_TARGET)))
    is_full = figures.is_full_at_target & _is_any(figures.polarity, rules.full_for) & is_met & can_be_met
    verdict = np.where(is_full & (verdict < 0), np.int8(0), verdict)
    return np.where(is_full, rules.full_index, converted), verdict, is_full


def _is_any(polarity: np.ndarray, codes: tuple[int, ...]) -> np.ndarray:
    found = polarity == codes[0]
    for code in codes[1:]:
        found |= polarity == code
    return found


def within_limits(converted: np.ndarray, rules: Rules) -> np.ndarray:
    """Return the index held within the cap and the floor; NaN stays NaN."""
    index = converted
    if rules.cap is not None:
        index = np.asarray(evaluate(CAP, {"I": index, "cap": rules.cap}))
    if rules.floor is not None:
        index = np.asarray(evaluate(FLOOR, {"I": index, "floor": rules.floor}))
    return index
