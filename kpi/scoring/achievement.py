"""Achievement: which formula a figure takes, by polarity and target, and what it gives. Knows no cap and no band."""

from __future__ import annotations

from enum import IntEnum
from typing import Final

import numpy as np

from kpi.model import DIRECTION_NOT_STATED, POLARITY_CODE, Polarity, Reason
from kpi.scoring.figures import Figures
from kpi.scoring.formula import FORMULA_NUMBER, FORMULAS, INSIDE_RANGE, Formula, TargetSign, evaluate
from kpi.scoring.profile import PolarityRule, RuleProfile

REASONS: Final = tuple(Reason)


class State(IntEnum):
    """What is known of a figure, before its polarity is looked at; the highest that holds is the figure's state."""

    NEGATIVE_TARGET = 0
    ZERO_TARGET = 1
    POSITIVE_TARGET = 2
    INSIDE_RANGE = 3
    PARTIAL_SUM = 4
    NO_TARGET = 5
    NO_VALUE = 6


SIGN_OF_STATE: Final = {
    State.NEGATIVE_TARGET: (TargetSign.NEGATIVE, Reason.NEGATIVE_TARGET),
    State.ZERO_TARGET: (TargetSign.ZERO, Reason.ZERO_TARGET),
    State.POSITIVE_TARGET: (TargetSign.POSITIVE, Reason.NO_RULE_FOR_POLARITY),
}
REASON_OF_STATE: Final = {
    State.PARTIAL_SUM: Reason.PARTIAL_SUM,
    State.NO_TARGET: Reason.NO_TARGET,
    State.NO_VALUE: Reason.NO_VALUE,
}


def refusal(reason: Reason) -> int:
    """Return the outcome that stands for `reason`: negative, where a formula's number is not."""
    return -1 - REASONS.index(reason)


IF_NOT_FINITE: Final = np.array([refusal(formula.if_not_finite) for formula in FORMULAS], dtype=np.int8)


def outcomes(profile: RuleProfile) -> np.ndarray:
    """Return the profile's decisions: int8, a row per polarity code from DIRECTION_NOT_STATED, a column per State.

    A cell holds the number of a formula in FORMULAS, or the `refusal` of a reason. It is the order of Reason that
    decides which reason a figure gets.
    """
    table = np.full((2 + max(POLARITY_CODE.values()), len(State)), refusal(Reason.DIRECTION_NOT_STATED), np.int8)
    for polarity, code in POLARITY_CODE.items():
        row = code - DIRECTION_NOT_STATED
        if polarity is Polarity.NEUTRAL:
            table[row] = refusal(Reason.NEUTRAL)
        else:
            table[row] = [_outcome(profile.rules.get(polarity), state) for state in State]
    return table


def _outcome(rule: PolarityRule | None, state: State) -> int:
    if state in REASON_OF_STATE:
        return refusal(REASON_OF_STATE[state])
    if rule is None:
        return refusal(Reason.NO_RULE_FOR_POLARITY)
    if state is State.INSIDE_RANGE:
        return FORMULA_NUMBER[INSIDE_RANGE.code]
    sign, reason = SIGN_OF_STATE[state]
    found = rule.rule(sign)
    return FORMULA_NUMBER[found.formula] if found else refusal(reason)


def bounds(figures: Figures) -> tuple[np.ndarray, np.ndarray | None]:
    """Return the end of the target that divides, and where the value lies inside a range (None: no ranges here).

    Above a range its high end counts, below it the low end.
    """
    high = figures.target_high
    if high is None:
        return figures.target, None
    inside = (figures.value >= figures.target) & (figures.value <= high)
    return np.where(figures.value > high, high, figures.target), inside


def states(figures: Figures, bound: np.ndarray, inside: np.ndarray | None) -> np.ndarray:
    """Return the State of each figure as int8."""
    state = (bound > 0).view(np.int8) - (bound < 0).view(np.int8)
    state += np.int8(State.ZERO_TARGET)
    holds = {
        State.INSIDE_RANGE: inside,
        State.PARTIAL_SUM: figures.is_partial_sum,
        State.NO_TARGET: ~np.isfinite(figures.target),
        State.NO_VALUE: ~np.isfinite(figures.value),
    }
    for higher, where in holds.items():
        if where is not None:  # a masked copy would take ten times as long
            np.maximum(state, where.view(np.int8) * np.int8(higher), out=state)
    return state


def outcome_of(figures: Figures, table: np.ndarray, bound: np.ndarray, inside: np.ndarray | None) -> np.ndarray:
    """Return the formula or the refusal of each figure, looked up in the profile's `table` (see `outcomes`)."""
    place = (figures.polarity - np.int8(DIRECTION_NOT_STATED)) * np.int8(len(State))
    place += states(figures, bound, inside)
    return table.ravel().take(place)


def achievement(figures: Figures, bound: np.ndarray, outcome: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the achievement of each figure, a ratio, and the outcome after the formulas have had their say.

    float64 and int8 (n,). 1.0 is exactly on target; NaN where no formula applies or where it has no finite result,
    and then the outcome becomes its refusal. Source: docs/methodology.md, "Achievement".
    """
    taken = {number: np.count_nonzero(outcome == number) for number in range(len(FORMULAS))}
    commonest, *others = sorted((number for number in taken if taken[number]), key=lambda n: -taken[n]) or [0]
    everywhere = _applied(FORMULAS[commonest], figures, bound, slice(None))  # cheaper than to pick its rows out
    result = everywhere if isinstance(everywhere, np.ndarray) else np.full(len(figures), everywhere)
    for number in others:
        rows = np.flatnonzero(outcome == number)
        result[rows] = _applied(FORMULAS[number], figures, bound, rows)
    settled = _settled(figures, result, outcome, [number for number in taken if taken[number]])
    result[np.flatnonzero(settled < 0)] = np.nan
    return result, settled


def _applied(formula: Formula, figures: Figures, bound: np.ndarray, rows: np.ndarray | slice) -> np.ndarray | float:
    worst = np.nan if figures.worst_value is None else figures.worst_value[rows]
    return evaluate(formula.expression, {"R": figures.value[rows], "T": bound[rows], "W": worst})


def _settled(figures: Figures, result: np.ndarray, outcome: np.ndarray, formulas: list[int]) -> np.ndarray:
    """Return the outcome with a refusal wherever a formula gave no finite result, or its divisor forbids it."""
    settled = outcome.copy()
    failed = np.flatnonzero(~np.isfinite(result) & (outcome >= 0))
    settled[failed] = IF_NOT_FINITE.take(outcome[failed])
    for formula in (FORMULAS[number] for number in formulas):
        if formula.if_negative:
            divisor = figures.value if formula.divisor == "R" else figures.worst_value
            if divisor is not None:
                settled[(outcome == FORMULA_NUMBER[formula.code]) & (divisor < 0)] = refusal(formula.if_negative)
    return settled
