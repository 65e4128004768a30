"""What an explanation says: English message ids with {placeholders}. MESSAGES lists them all, for the catalogues."""

from __future__ import annotations

from typing import Final, Literal

from kpi.model import Reason

ABOVE_RANGE: Final = (
    "The value {value} lies above the target range {target} to {target_high}: "
    "its upper end {bound} counts as the target."
)
BELOW_RANGE: Final = (
    "The value {value} lies below the target range {target} to {target_high}: "
    "its lower end {bound} counts as the target."
)
IN_RANGE: Final = "The value {value} lies inside the target range {target} to {target_high}: exactly on target."
ACHIEVEMENT: Final = "Achievement = {expression} = {calculation} = {achievement}."
INDEX: Final = "The index is the achievement, {index}."
CONVERTED: Final = (
    "The conversion scale of the indicator turns {achievement} into {index}: "
    "from {x0} to {x1} it rises from {y0} to {y1}."
)
FULL: Final = "The indicator can't exceed its target, and the target is met: the index is {index}."
CAPPED: Final = "The index is at most {cap}."
FLOORED: Final = "The index is at least {floor}."
RATED: Final = "{percent} is at or above {from_percent}: {band}."
NOT_SCORED: Final[dict[Reason, str]] = {
    Reason.NEUTRAL: "Not scored: the indicator gives context only.",
    Reason.DIRECTION_NOT_STATED: "Not scored: nobody has stated whether higher or lower is better.",
    Reason.NO_VALUE: "Not scored: there is no value for this period.",
    Reason.NO_TARGET: "Not scored: there is no target for this period.",
    Reason.PARTIAL_SUM: "Not scored: some parts of this sum have not been reported.",
    Reason.NO_RULE_FOR_POLARITY: "Not scored: the rule profile has no rule for this polarity.",
    Reason.NEGATIVE_TARGET: "Not scored: the rule profile has no rule for a target below zero.",
    Reason.ZERO_TARGET: "Not scored: the rule profile has no rule for a target of zero here.",
    Reason.ZERO_VALUE: "Not scored: the formula divides by the value, and the value is zero.",
    Reason.NEGATIVE_VALUE: "Not scored: the formula divides by the value, and the value is below zero.",
    Reason.NO_CONVERSION_SCALE: (
        "Not scored: the rule profile asks for the indicator's conversion scale, and none is declared."
    ),
}
SYMBOLS: Final[dict[str, str]] = {
    "R": "value",
    "T": "target",
    "W": "worst value",
    "A": "achievement",
    "I": "index",
}
"""What each symbol of an expression stands for, as message ids."""
MESSAGES: Final[tuple[str, ...]] = (
    *(ABOVE_RANGE, BELOW_RANGE, IN_RANGE, ACHIEVEMENT, INDEX, CONVERTED, FULL, CAPPED, FLOORED, RATED),
    *NOT_SCORED.values(),
    *SYMBOLS.values(),
)
PARAMETERS: Final[dict[str, Literal["measure", "ratio", "percent", "band", "expression", "calculation"]]] = {
    **dict.fromkeys(("value", "target", "target_high", "bound"), "measure"),
    **dict.fromkeys(("achievement", "index", "cap", "floor", "x0", "x1", "y0", "y1"), "ratio"),
    **dict.fromkeys(("percent", "from_percent"), "percent"),
    "band": "band",
    "expression": "expression",
    "calculation": "calculation",
}
"""How each placeholder is shown: measure in the unit of measure; ratio with 1.0 as 100 %; percent as it is; band as the
profile's label; expression as `explanation.written(expression)`; calculation as `written` with formatted numbers."""
