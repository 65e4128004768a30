"""Explains a score: the steps that led to it, read off the workings of the code that scored. Knows no language.

What the steps say are the message ids of messages.py; who shows them translates them and formats what is put in.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

import numpy as np
import pandas as pd

from kpi.model import DIRECTION_NOT_STATED, POLARITY_CODE, Mark, Polarity, Reason
from kpi.scoring import messages
from kpi.scoring.achievement import REASONS
from kpi.scoring.figures import Figures, Workings
from kpi.scoring.formula import FORMULAS, INSIDE_RANGE, SHARE_FROM_WORST, Formula, TargetSign
from kpi.scoring.formula import evaluate as evaluate_expression
from kpi.scoring.index import CAP, FLOOR, Rules, score
from kpi.scoring.profile import RuleProfile, Sourced
from kpi.scoring.rating import compared_percent, rating
from kpi.scoring.scale import INTERPOLATION, parse_scale


class StepKind(StrEnum):
    """What a step of an explanation does."""

    RANGE = "range"
    ACHIEVEMENT = "achievement"
    INDEX = "index"
    CONVERSION_SCALE = "conversion_scale"
    FULL_AT_TARGET = "full_at_target"
    CAP = "cap"
    FLOOR = "floor"
    RATING = "rating"
    NOT_SCORED = "not_scored"


@dataclass(frozen=True, slots=True)
class FigureInputs:
    """The figure to be explained, in the terms of `table.score_table`; None = missing."""

    value: float | None
    target: float | None
    polarity: Polarity | None
    target_high: float | None = None
    worst_value: float | None = None
    is_full_at_target: bool = False
    conversion_scale: str | None = None
    is_partial_sum: bool = False

    @classmethod
    def of_row(cls, row: Mapping[str, object]) -> FigureInputs:
        """Return the figure of a row of the table that was scored; NaN and absent columns are missing."""
        given = {name: row.get(name) for name in cls.__slots__}
        known = {name: found for name, found in given.items() if _is_given(found)}
        scale = str(known.get("conversion_scale", "")).strip()
        numbers = {name: _number(known.get(name)) for name in ("value", "target", "target_high", "worst_value")}
        return cls(
            polarity=Polarity(str(known["polarity"])) if known.get("polarity") else None,
            is_full_at_target=bool(known.get("is_full_at_target", False)),
            is_partial_sum=bool(known.get("is_partial_sum", False)),
            conversion_scale=scale or None,
            **numbers,
        )


def _is_given(found: object) -> bool:
    return not (found is None or found is pd.NA or (isinstance(found, float) and math.isnan(found)))


def _number(found: object) -> float | None:
    return float(found) if isinstance(found, int | float | np.number) else None


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what is said, the arithmetic with its numbers, what it gives, and who says so.

    `expression` is in the formula language, "" where nothing is calculated; `numbers` are put in for its symbols
    (ratios, or the unit of measure for R, T and W). It gives `gives`: "A" achievement or "I" index, a ratio.
    """

    kind: StepKind
    message: str
    parameters: Mapping[str, float | str]
    expression: str = ""
    numbers: Mapping[str, float] = field(default_factory=dict)
    gives: Literal["", "A", "I"] = ""
    result: float | None = None
    source: Sourced | None = None

    @property
    def sources(self) -> tuple[str, ...]:
        """Source ids behind the step, of docs/methodology.md."""
        return self.source.sources if self.source else ()

    @property
    def mark(self) -> Mark | None:
        """How sure the rule is; None where nothing but arithmetic or the indicator's own definition acts."""
        return self.source.mark if self.source else None


@dataclass(frozen=True, slots=True)
class Explanation:
    """A score and the steps to it. Ratios; None = none. `rating` is the band's code."""

    figure: FigureInputs
    profile_code: str
    profile_version: str
    steps: tuple[Step, ...]
    achievement: float | None
    index: float | None
    rating: str | None
    reason: Reason | None


def explain(figure: FigureInputs, profile: RuleProfile) -> Explanation:
    """Return how `figure` scores under `profile`, step by step. Raises ValueError as `score_table` does."""
    figures = _columns(figure)
    figures.check()
    workings = score(figures, Rules.of(profile))
    verdict = int(workings.verdict[0])
    reason = REASONS[-1 - verdict] if verdict < 0 else None
    steps = [*_range_steps(figure, workings, profile), *_achievement_steps(figure, workings, profile)]
    if reason:
        steps.append(Step(StepKind.NOT_SCORED, messages.NOT_SCORED[reason], {}))
        rated = None
    else:
        steps += _index_steps(figure, workings, profile)
        rated, rating_steps = _rating_steps(workings, profile)
        steps += rating_steps
    return Explanation(
        figure,
        profile.code,
        profile.version,
        tuple(steps),
        achievement=_known(workings.achievement[0]),
        index=_known(workings.index[0]),
        rating=rated,
        reason=reason,
    )


def evaluate(explanation: Explanation) -> float | None:
    """Return the index that the steps give, from their own expressions and numbers; None = no index."""
    found: dict[str, float] = {}
    for step in explanation.steps:
        if step.expression:
            numbers = {symbol: found.get(symbol, number) for symbol, number in step.numbers.items()}
            found[step.gives] = float(evaluate_expression(step.expression, numbers))
    return None if explanation.reason else found["I"]


def written(expression: str, numbers: Mapping[str, str] | None = None) -> str:
    """Return `expression` as people write it; with `numbers`, these stand in the place of its symbols."""
    signs = {"*": "×", "/": "÷", "-": "−", "minimum": "min", "maximum": "max"}
    put_in = {**signs, **(numbers or {})}
    return re.sub(r"[A-Za-z]\w*|[*/-]", lambda found: put_in.get(found[0], found[0]), expression)


def _columns(figure: FigureInputs) -> Figures:
    def column(number: float | None) -> np.ndarray:
        return np.array([math.nan if number is None else number])

    scales = (parse_scale(figure.conversion_scale),) if figure.conversion_scale else ()
    return Figures(
        value=column(figure.value),
        target=column(figure.target),
        polarity=np.array([POLARITY_CODE[figure.polarity] if figure.polarity else DIRECTION_NOT_STATED], np.int8),
        target_high=column(figure.target_high),
        worst_value=column(figure.worst_value),
        is_full_at_target=np.array([figure.is_full_at_target]),
        is_partial_sum=np.array([figure.is_partial_sum]),
        scale=np.array([0 if scales else -1], np.int32),
        scales=scales,
    )


def _known(number: float) -> float | None:
    return None if math.isnan(number) else float(number)


def _formula(workings: Workings) -> Formula | None:
    outcome = int(workings.outcome[0])
    return FORMULAS[outcome] if outcome >= 0 else None


def _range_steps(figure: FigureInputs, workings: Workings, profile: RuleProfile) -> list[Step]:
    formula = _formula(workings)
    if formula is None or figure.target_high is None or figure.value is None or figure.target is None:
        return []
    message = messages.ABOVE_RANGE if figure.value > figure.target_high else messages.BELOW_RANGE
    message = messages.IN_RANGE if formula is INSIDE_RANGE else message
    parameters = {"value": figure.value, "target": figure.target, "target_high": figure.target_high}
    parameters["bound"] = float(workings.bound[0])
    return [Step(StepKind.RANGE, message, parameters, source=profile.target_range)]


def _achievement_steps(figure: FigureInputs, workings: Workings, profile: RuleProfile) -> list[Step]:
    formula = _formula(workings)
    if formula is None or figure.value is None or figure.polarity is None:
        return []
    bound, result = float(workings.bound[0]), float(workings.achievement[0])
    numbers = {"R": figure.value, "T": bound}
    if formula is SHARE_FROM_WORST and figure.worst_value is not None:
        numbers = {"R": figure.value, "W": figure.worst_value}
    if formula is INSIDE_RANGE:
        numbers, source = {}, profile.target_range
    else:
        sign = TargetSign.POSITIVE if bound > 0 else TargetSign.NEGATIVE if bound < 0 else TargetSign.ZERO
        source = profile.rules[figure.polarity].rule(sign)  # type: ignore[index] - neutral never has a formula
    parameters = {"expression": formula.expression, "calculation": formula.expression, "achievement": result}
    return [
        Step(StepKind.ACHIEVEMENT, messages.ACHIEVEMENT, parameters, formula.expression, numbers, "A", result, source)
    ]


def _index_steps(figure: FigureInputs, workings: Workings, profile: RuleProfile) -> list[Step]:
    steps = [_converted_step(figure, workings, profile)]
    index = float(workings.converted[0])
    if profile.cap_rule and index > profile.cap_rule.at:
        numbers, index = {"I": index, "cap": profile.cap_rule.at}, profile.cap_rule.at
        parameters = {"cap": profile.cap_rule.at}
        steps.append(Step(StepKind.CAP, messages.CAPPED, parameters, CAP, numbers, "I", index, profile.cap_rule))
    if profile.floor_rule and index < profile.floor_rule.at:
        numbers, index = {"I": index, "floor": profile.floor_rule.at}, profile.floor_rule.at
        parameters = {"floor": profile.floor_rule.at}
        steps.append(Step(StepKind.FLOOR, messages.FLOORED, parameters, FLOOR, numbers, "I", index, profile.floor_rule))
    return steps


def _converted_step(figure: FigureInputs, workings: Workings, profile: RuleProfile) -> Step:
    index, ratio = float(workings.converted[0]), float(workings.achievement[0])
    if workings.is_full[0]:
        full = profile.full_at_target
        return Step(StepKind.FULL_AT_TARGET, messages.FULL, {"index": index}, "F", {"F": index}, "I", index, full)
    rule = profile.rules[figure.polarity].conversion_scale if figure.polarity else None  # type: ignore[index] - scored
    if rule is None or figure.conversion_scale is None:
        return Step(StepKind.INDEX, messages.INDEX, {"index": index}, "A", {"A": ratio}, "I", index)
    ends = parse_scale(figure.conversion_scale).segment(workings.achievement)
    segment = {name: float(end[0]) for name, end in ends.items()}
    parameters = {"achievement": ratio, "index": index, **segment}
    numbers = {"A": ratio, **segment}
    return Step(StepKind.CONVERSION_SCALE, messages.CONVERTED, parameters, INTERPOLATION, numbers, "I", index, rule)


def _rating_steps(workings: Workings, profile: RuleProfile) -> tuple[str | None, list[Step]]:
    compared = workings.index if profile.band_on == "index" else workings.achievement
    place = int(rating(compared, profile.bands)[0])
    if place < 0:
        return None, []
    band = profile.bands[place]
    percent = float(compared_percent(compared)[0])
    parameters = {"percent": percent, "from_percent": band.from_percent, "band": band.code}
    return band.code, [Step(StepKind.RATING, messages.RATED, parameters, source=band)]
