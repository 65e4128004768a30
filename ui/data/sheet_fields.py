"""The fields of a definition sheet in plain groups, each with a line of help; what they hold are texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import streamlit as st

from kpi.i18n import Translator, mark
from kpi.intake.sheet_faults import MOST_DECIMALS, MULTIPLIERS
from kpi.intake.statement_body import CHOICES, YES
from kpi.intake.templates.words import word
from kpi.periods import Grain
from kpi.views.indicators_words import FIELDS


@dataclass(frozen=True, slots=True)
class Group:
    """A group of fields under a title, each with its help."""

    title: str
    fields: Mapping[str, str]
    is_open: bool = False


GROUPS: Final = (
    Group(
        mark("What is measured, and why"),
        {
            "name": mark("Short and without a number: what one would call it in a talk."),
            "definition": mark("What exactly counts, and what does not."),
            "purpose": mark("Which decision this figure helps with."),
            "unit_of_measure": mark("%, orang, kasus, Rp …"),
            "polarity": mark("Which way is better. Context only: shown, never rated."),
        },
        is_open=True,
    ),
    Group(
        mark("How it is measured"),
        {
            "formula": mark("As a sentence: numerator ÷ denominator × 100."),
            "data_source": mark("The register, survey or application that the figure is read from."),
            "multiplier": mark("What numerator ÷ denominator is multiplied by: 100 for percent."),
            "decimals": mark("Decimals that readers see, 0 to 4."),
            "numerator_indicator_code": mark("Only where the figure is computed from two other indicators."),
            "denominator_indicator_code": mark("Only where the figure is computed from two other indicators."),
            "ordinal_levels": mark("Only for words instead of numbers: WTP:4;WDP:3;TW:2;TMP:1."),
            "lowest_possible": mark("A value below it is refused."),
            "highest_possible": mark("A value above it is refused."),
        },
    ),
    Group(
        mark("How often, and how figures combine"),
        {
            "grain": mark("The finest period for which a figure is reported."),
            "every_years": mark("2 = every other year. Only for indicators that are reported by year."),
            "aggregation_over_periods": mark("How months or quarters make the year."),
            "aggregation_over_units": mark("How the units below make the figure of the unit above."),
        },
    ),
    Group(
        mark("Objective and responsibility"),
        {
            "perspective": mark("Of the strategy map, where there is one."),
            "strategic_objective": mark("The objective that the indicator shows."),
            "objective_description": mark("What has become true when the objective is reached."),
            "responsible": mark("Who answers for the figure."),
            "data_provider": mark("Who hands it in."),
            "validity_level": mark("How directly it measures the objective."),
            "control_level": mark("How much of it lies in its owner's hands."),
            "target_aspect": mark("Quantity, quality, time or cost."),
            "baseline": mark("Where it stood before, with the year."),
            "reviewed_on": mark("The day on which the sheet was last reviewed, as 2026-09-30."),
        },
    ),
    Group(
        mark("Special rules of scoring"),
        {
            "worst_value": mark("For lower is better with a target of 0: the value that scores 0."),
            "is_full_at_target": mark("Yes: on target scores 120 (konversi 120)."),
            "conversion_scale": mark("For on target is better: 0:0;90:100;100:120."),
        },
    ),
)
_LONG: Final = ("definition", "purpose", "formula", "objective_description")


def draw(t: Translator, key: str, texts: Mapping[str, str], names: Mapping[str, str]) -> dict[str, str]:
    """Draw all fields with the texts that they start from; return what stands in them. `names`: indicators by code."""
    found: dict[str, str] = {}
    for group in GROUPS:
        with st.expander(t(group.title), expanded=group.is_open):
            left, right = st.columns(2)
            for place, name in enumerate(group.fields):
                with right if place % 2 else left:
                    found[name] = field(t, f"{key}-{name}", name, texts.get(name, ""), names)
    return found


def field(t: Translator, key: str, name: str, text: str, names: Mapping[str, str] | None = None) -> str:
    """Draw one field with its line of help and the text that it starts from; return what stands in it."""
    about = next(t(group.fields[name]) for group in GROUPS if name in group.fields)
    label, names = t(FIELDS[name]), names or {}
    options = _options(t, name, names)
    if options is not None:
        known = {**options, **({text: text} if text and text not in options else {})}
        st.session_state.setdefault(key, text)
        return st.selectbox(label, list(known), format_func=known.__getitem__, key=key, help=about) or ""
    st.session_state.setdefault(key, text)
    if name in _LONG:
        return st.text_area(label, key=key, help=about, height="content")
    return st.text_input(label, key=key, help=about)


def _options(t: Translator, name: str, names: Mapping[str, str]) -> dict[str, str] | None:
    """Return the choices of a field by code, None where it takes any text."""
    none = {"": t("(not stated)")}
    if name == "grain":
        return {grain.value: t.label(grain) for grain in Grain}
    if name in CHOICES:
        words = {member.value: word(member, t) for member in CHOICES[name]}
        return words if name.startswith("aggregation") else {**none, **words}
    if name == "multiplier":
        return {str(number): t.number(number) for number in MULTIPLIERS}
    if name == "decimals":
        return {str(number): str(number) for number in range(MOST_DECIMALS + 1)}
    if name == "is_full_at_target":
        return {"": t("no"), YES: t("yes")}
    return {**none, **names} if name.endswith("_indicator_code") else None
