"""The steps of an explanation in words, each with its rule's source and how sure that is. Knows no figure's origin."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from kpi.i18n import Translator, mark
from kpi.model import Mark
from kpi.scoring.explanation import Explanation, Step, written
from kpi.scoring.messages import PARAMETERS, SYMBOLS
from kpi.scoring.profile import RuleProfile, Sourced
from kpi.views.ratings import index_text, rating_style

MARKS: Final[dict[Mark, str]] = {
    Mark.VERIFIED: mark("seen in the text itself"),
    Mark.SECONDARY: mark("second-hand, not the official text"),
    Mark.RECALLED: mark("recalled, found in no source: not the official text"),
    Mark.DERIVED: mark("derived by us, in no rule"),
}


@dataclass(frozen=True, slots=True)
class Measure:
    """How a figure's values are written: in its unit of measure, and with how many decimals a reader sees it."""

    said: Callable[[float], str]
    decimals: int


def steps_said(explanation: Explanation, profile: RuleProfile, measure: Measure, t: Translator) -> list[str]:
    """Return the steps in order, each with its rule's source and how sure that is (Markdown)."""
    said = ((_step(step, profile, measure, t), source(step.source, t)) for step in explanation.steps)
    return [" ".join(filter(None, each)) for each in said]


def letters(explanation: Explanation, t: Translator) -> str:
    """Return what the letters of the formulas stand for, empty where there is none."""
    used = [name for name in SYMBOLS if any(name in step.numbers for step in explanation.steps)]
    return ", ".join(f"{name} = {t(SYMBOLS[name])}" for name in used if name in ("R", "T", "W"))


def source(rule: Sourced | None, t: Translator) -> str:
    """Return a rule's source with how sure it is, for small print; empty where no rule acts."""
    if rule is None:
        return ""
    named = ", ".join(part for part in (rule.article if rule.article != "–" else "", *rule.sources) if part)
    said = t(MARKS[rule.mark])
    return f":small[:gray[({named}: {said})]]" if named else f":small[:gray[({said})]]"


def _step(step: Step, profile: RuleProfile, measure: Measure, t: Translator) -> str:
    values: dict[str, str] = {}
    for name, given in step.parameters.items():
        match PARAMETERS[name]:
            case "measure":
                values[name] = measure.said(float(given))
            case "ratio":
                values[name] = f"{index_text(float(given), profile, t, is_unit=False)}%"
            case "percent":
                values[name] = f"{index_text(float(given) / 100, profile, t, is_unit=False)}%"
            case "band":
                values[name] = rating_style(profile, str(given), t.language, "light").words
            case "expression":
                values[name] = written(str(given))
            case "calculation":
                numbers = {symbol: _put_in(number, measure, t) for symbol, number in step.numbers.items()}
                values[name] = written(str(given), numbers)
    return t(step.message, **values)


def _put_in(number: float, measure: Measure, t: Translator) -> str:
    """Return a number for a calculation: with two decimals more than a reader sees, so that it can be checked."""
    written_out = t.measure(number, "", measure.decimals + 2)
    return f"({written_out})" if number < 0 else written_out
