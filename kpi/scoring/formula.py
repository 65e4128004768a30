"""The closed set of formulas that a rule profile may name. Knows arithmetic, not figures, files or bands.

A formula *is* its written form: the expression that a reader sees in an explanation is the text that is evaluated,
for one figure or for a column of them, so that the two can't come apart.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Final

import numpy as np

from kpi.model import Polarity, Reason

_OPERATIONS: Final[dict[type[ast.AST], np.ufunc]] = {
    ast.Add: np.add,
    ast.Sub: np.subtract,
    ast.Mult: np.multiply,
    ast.Div: np.divide,
}
_FUNCTIONS: Final[dict[str, np.ufunc]] = {"minimum": np.minimum, "maximum": np.maximum, "abs": np.absolute}


class TargetSign(StrEnum):
    """On which side of zero the bound that divides lies; each has a rule of its own."""

    NEGATIVE = "negative_target"
    ZERO = "zero_target"
    POSITIVE = "positive_target"


@dataclass(frozen=True, slots=True)
class Formula:
    """One way to an achievement. Symbols: R value, T target (or the bound of its range that counts), W worst value.

    `serves` lists where a better value never scores lower; a profile can't use it elsewhere. `if_not_finite` is the
    reason of a figure for which the formula has no finite result; `if_negative` the reason of a negative `divisor`.
    """

    code: str
    expression: str
    serves: frozenset[tuple[Polarity, TargetSign]]
    divisor: str = "T"
    if_not_finite: Reason = Reason.ZERO_TARGET
    if_negative: Reason | None = None


def _for(*served: tuple[Polarity, TargetSign]) -> frozenset[tuple[Polarity, TargetSign]]:
    return frozenset(served)


SHARE_OF_TARGET: Final = Formula("share_of_target", "R / T", _for((Polarity.MAXIMIZE, TargetSign.POSITIVE)))
MIRRORED_SHARE: Final = Formula(
    "mirrored_share",
    "1 + (1 - R / T)",
    _for((Polarity.MAXIMIZE, TargetSign.NEGATIVE), (Polarity.MINIMIZE, TargetSign.POSITIVE)),
)
TWICE_TARGET_LESS_VALUE: Final = Formula(
    "twice_target_less_value", "(2 * T - R) / T", _for((Polarity.MINIMIZE, TargetSign.POSITIVE))
)
TARGET_OVER_VALUE: Final = Formula(
    "target_over_value",
    "T / R",
    _for((Polarity.MINIMIZE, TargetSign.POSITIVE)),
    divisor="R",
    if_not_finite=Reason.ZERO_VALUE,
    if_negative=Reason.NEGATIVE_VALUE,
)
SHARE_FROM_WORST: Final = Formula(
    "share_from_worst",
    "(W - R) / W",
    _for((Polarity.MINIMIZE, TargetSign.ZERO)),
    divisor="W",
    if_negative=Reason.ZERO_TARGET,
)
NEARNESS: Final = Formula("nearness", "1 - abs(R - T) / T", _for((Polarity.STABILIZE, TargetSign.POSITIVE)))
FOLDED_SHARE: Final = Formula(
    "folded_share", "minimum(R / T, 2 - R / T)", _for((Polarity.STABILIZE, TargetSign.POSITIVE))
)
INSIDE_RANGE: Final = Formula("inside_range", "1", frozenset())
"""A value inside the range of its target is exactly on target. Every profile has it; no profile names it."""

FORMULAS: Final[tuple[Formula, ...]] = (
    SHARE_OF_TARGET,
    MIRRORED_SHARE,
    TWICE_TARGET_LESS_VALUE,
    TARGET_OVER_VALUE,
    SHARE_FROM_WORST,
    NEARNESS,
    FOLDED_SHARE,
    INSIDE_RANGE,
)
FORMULA_NUMBER: Final[dict[str, int]] = {formula.code: number for number, formula in enumerate(FORMULAS)}


def evaluate(expression: str, numbers: Mapping[str, float | np.ndarray]) -> float | np.ndarray:
    """Return the value of `expression` with `numbers` put in for its symbols.

    Knows + - * /, `minimum`, `maximum`, `abs` and constants. Numbers are floats, or arrays of one length; a division
    by zero gives inf or NaN, as in NumPy. Raises KeyError for a symbol without a number.
    """
    with np.errstate(divide="ignore", invalid="ignore", over="ignore", under="ignore"):
        return _parsed(expression)(numbers)


@cache
def _parsed(expression: str) -> Callable[[Mapping[str, float | np.ndarray]], float | np.ndarray]:
    return _compiled(ast.parse(expression, mode="eval").body)


def _compiled(node: ast.expr) -> Callable[[Mapping[str, float | np.ndarray]], float | np.ndarray]:
    match node:
        case ast.BinOp(left=left, op=op, right=right):
            operation, a, b = _OPERATIONS[type(op)], _compiled(left), _compiled(right)
            return lambda numbers: operation(a(numbers), b(numbers))
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            a = _compiled(operand)
            return lambda numbers: np.negative(a(numbers))
        case ast.Call(func=ast.Name(id=name), args=arguments):
            function, parts = _FUNCTIONS[name], [_compiled(argument) for argument in arguments]
            return lambda numbers: function(*(part(numbers) for part in parts))
        case ast.Name(id=symbol):
            return lambda numbers: numbers[symbol]
        case ast.Constant(value=int() | float() as constant):
            return lambda _: float(constant)
    raise ValueError(f"The formula language has no '{ast.unparse(node)}'.")


def symbols(expression: str) -> tuple[str, ...]:
    """Return the symbols of `expression` in the order in which they first stand there."""
    nodes = ast.walk(ast.parse(expression, mode="eval"))
    names = [node for node in nodes if isinstance(node, ast.Name) and node.id not in _FUNCTIONS]
    return tuple(dict.fromkeys(node.id for node in sorted(names, key=lambda node: node.col_offset)))
