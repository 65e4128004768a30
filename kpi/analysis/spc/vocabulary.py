"""The words of a control chart and their codes in arrays. Computes nothing.

An array holds the index of a member in its Enum (`ENUM[code]`), so that a million points cost a byte each. The values
of the members are the words that the reference uses, so that results compare without translation.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final, assert_never

NOT_STATED: Final = -1
"""The code of "none" where an array may lack a member (no assurance, no reason)."""


class Direction(StrEnum):
    """Which way a series must move to be an improvement."""

    INCREASE = "increase"
    DECREASE = "decrease"
    NEUTRAL = "neutral"


class SpecialCause(StrEnum):
    """The one label a point keeps: outside limits before trend before two in three before shift."""

    NONE = "Common Cause"
    ABOVE_LIMIT = "Above UCL"
    BELOW_LIMIT = "Below LCL"
    INCREASING = "7 Point Trend (Increasing)"
    DECREASING = "7 Point Trend (Decreasing)"
    TWO_IN_THREE_ABOVE = "2 in 3 Above CL"
    TWO_IN_THREE_BELOW = "2 in 3 Below CL"
    SHIFT_ABOVE = "7 Points Above CL"
    SHIFT_BELOW = "7 Points Below CL"


class Rule(StrEnum):
    """Why a point is special."""

    OUTSIDE_LIMITS = "outside_limits"
    TREND = "trend"
    TWO_IN_THREE = "two_in_three"
    SHIFT = "shift"


class VariationType(StrEnum):
    """What a point says about change."""

    COMMON_CAUSE = "common_cause"
    IMPROVEMENT = "special_cause_improvement"
    CONCERN = "special_cause_concern"
    NEUTRAL_HIGH = "special_cause_neutral_high"
    NEUTRAL_LOW = "special_cause_neutral_low"


class AssuranceType(StrEnum):
    """What the limits say about the target: always met, never met, or met by chance."""

    CONSISTENT_PASS = "consistent_pass"  # noqa: S105 (a word of the chart, no password)
    CONSISTENT_FAIL = "consistent_fail"
    INCONSISTENT = "inconsistent"


DIRECTIONS: Final = tuple(Direction)
SPECIAL_CAUSES: Final = tuple(SpecialCause)
VARIATIONS: Final = tuple(VariationType)
ASSURANCES: Final = tuple(AssuranceType)


def direction_code(direction: Direction) -> int:
    """Return the code of `direction`: its place in the Enum."""
    return DIRECTIONS.index(direction)


def rule_of(cause: SpecialCause) -> Rule | None:
    """Return the rule that a label stands for; None for common cause."""
    match cause:
        case SpecialCause.NONE:
            return None
        case SpecialCause.ABOVE_LIMIT | SpecialCause.BELOW_LIMIT:
            return Rule.OUTSIDE_LIMITS
        case SpecialCause.INCREASING | SpecialCause.DECREASING:
            return Rule.TREND
        case SpecialCause.TWO_IN_THREE_ABOVE | SpecialCause.TWO_IN_THREE_BELOW:
            return Rule.TWO_IN_THREE
        case SpecialCause.SHIFT_ABOVE | SpecialCause.SHIFT_BELOW:
            return Rule.SHIFT
        case _:
            assert_never(cause)


def is_high(cause: SpecialCause) -> bool:
    """Return whether a label speaks of high or rising values."""
    return cause in {
        SpecialCause.ABOVE_LIMIT,
        SpecialCause.INCREASING,
        SpecialCause.TWO_IN_THREE_ABOVE,
        SpecialCause.SHIFT_ABOVE,
    }


def variation_of(cause: SpecialCause, direction: Direction) -> VariationType:
    """Return what a label means where `direction` is the improvement."""
    if cause is SpecialCause.NONE:
        return VariationType.COMMON_CAUSE
    match direction:
        case Direction.INCREASE:
            return VariationType.IMPROVEMENT if is_high(cause) else VariationType.CONCERN
        case Direction.DECREASE:
            return VariationType.CONCERN if is_high(cause) else VariationType.IMPROVEMENT
        case Direction.NEUTRAL:
            return VariationType.NEUTRAL_HIGH if is_high(cause) else VariationType.NEUTRAL_LOW
        case _:
            assert_never(direction)


def variation_icon(variation: VariationType, direction: Direction) -> str:
    """Return the name of the icon; high and low follow from the direction, as in the reference."""
    is_increase = direction is Direction.INCREASE
    match variation:
        case VariationType.COMMON_CAUSE:
            return "common_cause"
        case VariationType.IMPROVEMENT:
            return "improvement_high" if is_increase else "improvement_low"
        case VariationType.CONCERN:
            return "concern_low" if is_increase else "concern_high"
        case VariationType.NEUTRAL_HIGH:
            return "neutral_high"
        case VariationType.NEUTRAL_LOW:
            return "neutral_low"
        case _:
            assert_never(variation)


def assurance_icon(assurance: AssuranceType) -> str:
    """Return the name of the icon: pass, fail or inconsistent."""
    return assurance.value.removeprefix("consistent_")
