"""Achievement: which formula a figure takes, by polarity and target, and what it gives. Knows no cap and no band."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum
from typing import Final

import numpy as np

from kpi.model import DIRECTION_NOT_STATED, POLARITY_CODE, Polarity, Reason
from kpi.scoring.figures import Figures
from kpi.scoring.formula import FORMULA_NUMBER, FORMULAS, INSIDE_RANGE, Formula, TargetSign, evaluate
from kpi.scoring.profile import PolarityRule, RuleProfile

REASONS: Final = tuple(Reason)


class State(IntEnum):
    """What is known of a figure, before its polarity is looked at; a later one wins over an earlier one."""

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
    if inside is not None:
        np.copyto(state, np.int8(State.INSIDE_RANGE), where=inside)
    if figures.is_partial_sum is not None:
        np.copyto(state, np.int8(State.PARTIAL_SUM), where=figures.is_partial_sum)
    np.copyto(state, np.int8(State.NO_TARGET), where=~np.isfinite(figures.target))
    np.copyto(state, np.int8(State.NO_VALUE), where=~np.isfinite(figures.value))
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
    result = np.full(len(figures), np.nan)
    outcome = outcome.copy()
    for number in _formulas_in(outcome):
        formula, rows = FORMULAS[number], _rows(outcome == number)
        found, refused = _applied(formula, figures, bound, rows)
        result[rows] = found
        if refused is not None:
            outcome[rows] = np.where(refused, refused, outcome[rows])
    return result, outcome


def _formulas_in(outcome: np.ndarray) -> Iterable[int]:
    counts = np.bincount(outcome.view(np.uint8), minlength=256)
    return np.flatnonzero(counts[: len(FORMULAS)]).tolist()


def _rows(mask: np.ndarray) -> np.ndarray | slice:
    """Return the places where `mask` holds; a slice when that is everywhere, which costs no copying."""
    return slice(None) if mask.all() else np.flatnonzero(mask)


def _applied(
    formula: Formula, figures: Figures, bound: np.ndarray, rows: np.ndarray | slice
) -> tuple[np.ndarray | float, np.ndarray | None]:
    numbers = {"R": figures.value[rows], "T": bound[rows]}
    if formula.divisor == "W":
        numbers["W"] = np.full_like(numbers["R"], np.nan) if figures.worst_value is None else figures.worst_value[rows]
    found = evaluate(formula.expression, numbers)
    finite = np.isfinite(found)
    is_negative = numbers[formula.divisor] < 0 if formula.if_negative else None
    if np.all(finite) and (is_negative is None or not is_negative.any()):
        return found, None
    refused = np.where(finite, np.int8(0), np.int8(refusal(formula.if_not_finite)))
    if formula.if_negative and is_negative is not None:
        refused = np.where(is_negative, np.int8(refusal(formula.if_negative)), refused)
    return np.where(refused == 0, found, np.nan), refused
