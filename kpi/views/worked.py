"""A figure worked out live: what a value and a target come to under a rule profile, and under the others.

For learning: the figure is the reader's own invention. Scored by the code that scores all figures.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd

from kpi.i18n import MISSING, Translator, mark
from kpi.model import Polarity
from kpi.scoring.explanation import Explanation, FigureInputs, explain, written
from kpi.scoring.formula import TargetSign
from kpi.scoring.profile import RuleProfile, Sourced
from kpi.views.ratings import index_text, rating_style
from kpi.views.remedies import REMEDIES
from kpi.views.steps_words import MARKS, Measure, letters, steps_said

KMK_SCALE: Final = "0:0;90:100;100:120"
"""The example scale of docs/methodology.md, for indicators where on target is better."""
SCORED_POLARITIES: Final = (Polarity.MAXIMIZE, Polarity.MINIMIZE, Polarity.STABILIZE)
SIGNS: Final[dict[TargetSign, str]] = {
    TargetSign.POSITIVE: mark("target above zero"),
    TargetSign.ZERO: mark("target of zero"),
    TargetSign.NEGATIVE: mark("target below zero"),
}


@dataclass(frozen=True, slots=True)
class Example:
    """A figure to begin from: what it shows, and its numbers."""

    code: str
    words: str
    figure: FigureInputs


def _of(polarity: Polarity, target: float, value: float, **more: float | str | bool) -> FigureInputs:
    return FigureInputs(value, target, polarity, **more)  # type: ignore[arg-type] - the names are those of FigureInputs


EXAMPLES: Final = (
    Example("under", mark("Just below the target"), _of(Polarity.MAXIMIZE, 80, 76)),
    Example("beyond", mark("Far beyond the target"), _of(Polarity.MAXIMIZE, 80, 120)),
    Example("over_limit", mark("Over a limit to stay under"), _of(Polarity.MINIMIZE, 10, 12)),
    Example("twice", mark("More than twice the limit"), _of(Polarity.MINIMIZE, 10, 21)),
    Example("zero", mark("A target of zero, with a worst value"), _of(Polarity.MINIMIZE, 0, 4, worst_value=10.0)),
    Example("range", mark("A target that is a range"), _of(Polarity.MAXIMIZE, 80, 92, target_high=90.0)),
    Example("full", mark("It can't exceed its target"), _of(Polarity.MAXIMIZE, 4, 4, is_full_at_target=True)),
    Example("near", mark("The nearer to the target the better"),
            _of(Polarity.STABILIZE, 100, 96, conversion_scale=KMK_SCALE)),
)  # fmt: skip


def steps_text(explanation: Explanation, profile: RuleProfile, t: Translator) -> str:
    """Return what an invented figure comes to, and the steps to it (Markdown)."""
    measure = Measure(lambda value: t.measure(value, "", 2), 0)
    said = "\n".join(f"{place}. {step}" for place, step in enumerate(steps_said(explanation, profile, measure, t), 1))
    parts = [f"**{outcome(explanation, profile, t)}**", said, f":small[{letters(explanation, t)}]"]
    if explanation.reason is not None:
        parts.append(t("**What to do:** {remedy}", remedy=t(REMEDIES[explanation.reason])))
    return "\n\n".join(part for part in parts if part not in ("", ":small[]"))


def outcome(explanation: Explanation, profile: RuleProfile, t: Translator) -> str:
    """Return index and rating, or that there is none and why."""
    if explanation.reason is not None:
        return t("Not scored: {reason}.", reason=t.label(explanation.reason))
    style = rating_style(profile, explanation.rating, t.language, "light")
    return t("Index {index}: {rating}.", index=index_text(explanation.index, profile, t, is_unit=False),
             rating=style.words)  # fmt: skip


def under_each(figure: FigureInputs, profiles: Mapping[str, RuleProfile], t: Translator) -> pd.DataFrame:
    """Return what one figure comes to under each profile: a row per profile, texts made for the reader."""
    rows = []
    for profile in profiles.values():
        found = explain(figure, profile)
        rows.append(
            {
                t("Rule profile"): profile.name[t.language],
                t("Achievement"): t.percent(found.achievement, 1),
                t("Index"): index_text(found.index, profile, t, is_unit=False),
                t("Rating"): outcome(found, profile, t)
                if found.reason
                else rating_style(profile, found.rating, t.language, "light").words,
            }
        )
    return pd.DataFrame(rows)


def rules_table(profile: RuleProfile, t: Translator) -> pd.DataFrame:
    """Return every rule of a profile with its source and how sure it is: a row per rule."""
    return pd.DataFrame(
        [_row(name, said, rule, t) for name, said, rule in (*_formulas(profile, t), *_limits(profile, t))]
    )


def _row(name: str, said: str, rule: Sourced, t: Translator) -> dict[str, str]:
    named = ", ".join(part for part in (rule.article if rule.article != "–" else "", *rule.sources) if part)
    return {
        t("Rule"): name,
        t("What it says"): said,
        t("Source"): named or MISSING,
        t("How sure"): f"[{rule.mark.value}] {t(MARKS[rule.mark])}",
    }


Rules = Sequence[tuple[str, str, Sourced]]


def _formulas(profile: RuleProfile, t: Translator) -> Rules:
    found: list[tuple[str, str, Sourced]] = []
    for polarity, rules in profile.rules.items():
        for sign in TargetSign:
            rule = rules.rule(sign)
            if rule is not None:
                name = f"{t.label(polarity)}, {t(SIGNS[sign])}"
                found.append((name, written(rule.definition.expression), rule))
        if rules.conversion_scale is not None:
            said = t("the indicator's conversion scale turns the achievement into the index")
            found.append((t.label(polarity), said, rules.conversion_scale))
    found.append((t("Target range"), t("inside: on target; outside: the nearer end counts"), profile.target_range))
    return found


def _limits(profile: RuleProfile, t: Translator) -> Rules:
    found: list[tuple[str, str, Sourced]] = []
    for name, limit in ((t("Cap"), profile.cap_rule), (t("Floor"), profile.floor_rule)):
        if limit is not None:
            found.append((name, t.number(limit.at * 100), limit))
    if profile.full_at_target is not None:
        full = profile.full_at_target
        said = t("{index} once the target is met, where it can't be exceeded", index=t.number(full.index * 100))
        found.append((t("Full at target"), said, full))
    for band in profile.bands:
        style = rating_style(profile, band.code, t.language, "light")
        found.append((f"{t('Band')} {style.words}", f"≥ {t.measure(band.from_percent, '', 2)}", band))
    return found
