"""The catalogue in words: the first sentence, definition sheets, units that report, targets over time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

import pandas as pd

from kpi.i18n import MISSING, Translator, mark
from kpi.model import ControlLevel, Indicator, ValidityLevel
from kpi.periods import Grain
from kpi.scoring.profile import RuleProfile
from kpi.views.figures_words import measured, target_said
from kpi.views.indicators import ANY, NOT_STATED, Catalogue, Entry, Reporter, TargetsOverTime
from kpi.views.markdown import plain
from kpi.views.plain_rows import names_by
from kpi.views.ratings import index_text, rating_style
from kpi.views.sheets import Sheet
from kpi.views.weaknesses import Found, Weakness
from kpi.views.weaknesses_words import ADVICE
from kpi.views.why import Why
from kpi.views.why_words import OVER_PERIODS, OVER_UNITS, value_said

TICKS_AT_MOST: Final = 7
CONTROL: Final[dict[ControlLevel, str]] = {
    ControlLevel.LOW: mark("low: others decide most of it"),
    ControlLevel.MODERATE: mark("moderate: shared with others"),
    ControlLevel.HIGH: mark("high: in its owner's hands"),
}
FIELDS: Final[dict[str, str]] = {
    "indicator_code": mark("Code"),
    "name": mark("Name"),
    "perspective": mark("Perspective"),
    "strategic_objective": mark("Strategic objective"),
    "objective_description": mark("What the objective means"),
    "definition": mark("Definition"),
    "formula": mark("Formula"),
    "purpose": mark("Purpose"),
    "unit_of_measure": mark("Unit of measure"),
    "polarity": mark("Direction"),
    "target_aspect": mark("Aspect of the target"),
    "control_level": mark("Control"),
    "validity_level": mark("Validity"),
    "responsible": mark("Responsible"),
    "data_provider": mark("Data provider"),
    "data_source": mark("Data source"),
    "baseline": mark("Baseline"),
    "grain": mark("Reported each"),
    "every_years": mark("Every so many years"),
    "aggregation_over_periods": mark("Over periods"),
    "aggregation_over_units": mark("Over units"),
    "numerator_indicator_code": mark("Numerator from indicator"),
    "denominator_indicator_code": mark("Denominator from indicator"),
    "multiplier": mark("Multiplier"),
    "decimals": mark("Decimals shown"),
    "lowest_possible": mark("Lowest possible"),
    "highest_possible": mark("Highest possible"),
    "worst_value": mark("Worst value"),
    "is_full_at_target": mark("Full at target (120 conversion)"),
    "conversion_scale": mark("Conversion scale"),
    "ordinal_levels": mark("Levels"),
    "reviewed_on": mark("Last reviewed"),
}
"""The fields of model.Indicator in the order of the manual; the organisation stands on every page already."""


def sentence(
    definition: Indicator, why: Why | None, found: Sequence[Found], units: int, profile: RuleProfile, t: Translator
) -> str:
    """Return what there is to see of the chosen indicator, in words made from the numbers."""
    said = [
        t.plural(
            "{name}: {n} unit has figures of it.",
            "{name}: {n} units have figures of it.",
            units,
            name=plain(definition.name),
        ),
    ]
    if why and why.explanation.index is not None:
        style = rating_style(profile, why.explanation.rating, t.language, "light")
        said.append(
            t(
                "{unit} stands at {value} and index {index}, {rating}.",
                unit=plain(why.unit_name),
                value=value_said(why.explanation.figure.value, why, t),
                index=index_text(why.explanation.index, profile, t, is_unit=False),
                rating=style.words,
            )
        )
    elif why:
        said.append(t("The figure of {unit} is not scored.", unit=plain(why.unit_name)))
    if not found:
        said.append(t("Nothing weak was found in its definition."))
    else:
        said.append(t.plural("{n} weakness in its definition.", "{n} weaknesses in its definition.", len(found)))
    return " ".join(said)


def owners(units: pd.DataFrame, t: Translator) -> dict[str, str]:
    """Return the units that the catalogue may be filtered by, any first."""
    return {ANY: t("All units"), **names_by("unit_code", units)}


def polarities(catalogue: Catalogue, t: Translator) -> dict[str, str]:
    """Return the directions that the catalogue may be filtered by, any first."""
    known = {each or NOT_STATED: t.label(each) if each else t("Not stated") for each in catalogue.polarities}
    return {ANY: t("All directions"), **known}


def perspectives(catalogue: Catalogue, t: Translator) -> dict[str, str]:
    """Return the perspectives that the catalogue may be filtered by, any first."""
    return {ANY: t("All perspectives"), **{each: each for each in catalogue.perspectives}}


def choices(shown: Sequence[Entry], catalogue: Catalogue, asked: str | None) -> dict[str, str]:
    """Return the indicators to choose from; the one asked for by a link is there even when the filter hides it."""
    offered = {entry.definition.indicator_code for entry in shown} | {asked}
    return {
        entry.definition.indicator_code: entry.definition.name
        for entry in catalogue.entries
        if entry.definition.indicator_code in offered
    }


def ways_on(t: Translator) -> tuple[tuple[str, str, str], ...]:
    """Return the pages that lead on from an indicator: page, label, icon."""
    return (
        ("pages/trends.py", t("See its trend"), ":material/trending_up:"),
        ("pages/gaps.py", t("See the gap"), ":material/flag:"),
    )


def catalogue_line(catalogue: Catalogue, shown: Sequence[Entry], t: Translator) -> str:
    """Return how many indicators are shown and how many sheets are weak."""
    return t(
        "{shown} of {all} indicators; the sheets of {weak} have a weakness.",
        shown=t.number(len(shown)),
        all=t.number(len(catalogue.entries)),
        weak=t.number(sum(bool(entry.weaknesses) for entry in shown)),
    )


def catalogue_table(shown: Sequence[Entry], t: Translator) -> pd.DataFrame:
    """Return the catalogue as a table of texts."""
    return pd.DataFrame(
        {
            t("Indicator"): entry.definition.name,
            t("Code"): entry.definition.indicator_code,
            t("Unit of measure"): entry.definition.unit_of_measure or MISSING,
            t("Direction"): MISSING if entry.definition.polarity is None else t.label(entry.definition.polarity),
            t("Reported each"): t.label(Grain(entry.definition.grain)).lower(),
            t("Perspective"): entry.definition.perspective or MISSING,
            t("Weaknesses of the sheet"): "; ".join(weak(kind, t) for kind in entry.weaknesses) or MISSING,
        }
        for entry in shown
    )


def weak(kind: Weakness, t: Translator) -> str:
    """Return what is weak, in a few words."""
    return t(ADVICE[kind].what)


def sheet_table(definition: Indicator, names: Mapping[str, str], t: Translator) -> pd.DataFrame:
    """Return every field of a definition sheet with its label; an empty one says so. `names`: indicators by code.

    Its cells are Markdown, as Streamlit's plain tables read them.
    """
    empty = t("(not stated)")
    rows = [(t(label), plain(stated_text(definition, field, names, t)) or empty) for field, label in FIELDS.items()]
    return pd.DataFrame(rows, columns=[t("Field"), t("Stated")])


def reporters_table(found: Sequence[Reporter], sheet: Sheet, profile: RuleProfile, t: Translator) -> pd.DataFrame:
    """Return the units that carry an indicator as a table of texts."""
    return pd.DataFrame(
        {
            t("Unit"): each.unit_name,
            t("Newest value"): measured(each.value, sheet, t),
            t("Period"): MISSING if each.period is None else t.period(each.period),
            t("Target"): target_said(each.target, each.target_high, sheet, t),
            t("Rating"): rating_style(profile, each.rating, t.language, "light").words if each.rating else MISSING,
            t("Weight"): t.measure(each.weight, "", 2),
        }
        for each in found
    )


def targets_points(found: TargetsOverTime, t: Translator) -> pd.DataFrame:
    """Return a row per period as the chart of targets wants it."""
    return pd.DataFrame(
        {
            "place": place,
            "target": point.target,
            "target_high": point.target_high,
            "value": point.value,
            "is_whole": point.is_whole,
            "hover": "<br>".join(
                (
                    t.period(point.period),
                    t("Target {target}", target=target_said(point.target, point.target_high, found.sheet, t)),
                    t("Value {value}", value=measured(point.value, found.sheet, t)),
                )
            ),
        }
        for place, point in enumerate(found.points)
    )


def targets_ticks(found: TargetsOverTime) -> tuple[list[int], list[str]]:
    """Return the places to label, the first period of each year, and their labels."""
    firsts: dict[int, int] = {}
    for place, point in enumerate(found.points):
        firsts.setdefault(point.period.year, place)
    years = sorted(firsts)[:: max(1, -(-len(firsts) // TICKS_AT_MOST))]
    return [firsts[year] for year in years], [str(year) for year in years]


def targets_table(found: TargetsOverTime, t: Translator) -> pd.DataFrame:
    """Return the targets as a table of texts, the newest first."""
    return pd.DataFrame(
        {
            t("Period"): t.period(point.period),
            t("Target"): target_said(point.target, point.target_high, found.sheet, t),
            t("Value"): measured(point.value, found.sheet, t),
        }
        for point in reversed(found.points)
    )


def targets_alt(found: TargetsOverTime, t: Translator) -> str:
    """Return in words what the chart of targets shows."""
    return t(
        "Targets of {indicator} for {unit} as steps, {first} to {last}, with the values as marks.",
        indicator=found.sheet.name,
        unit=found.unit_name,
        first=t.period(found.points[0].period),
        last=t.period(found.points[-1].period),
    )


def stated_text(definition: Indicator, field: str, names: Mapping[str, str], t: Translator) -> str:
    """Return what a sheet states in a field, in words; empty where it states nothing. `names`: indicators by code."""
    cell = getattr(definition, field)
    if cell is None or cell == "":
        return ""
    said: dict[str, Callable[[], str]] = {
        "polarity": lambda: t.label(cell),
        "control_level": lambda: t(CONTROL[cell]),
        "validity_level": lambda: t.label(ValidityLevel(cell)),
        "grain": lambda: t.label(Grain(cell)).lower(),
        "aggregation_over_periods": lambda: t(OVER_PERIODS[cell]),
        "aggregation_over_units": lambda: t(OVER_UNITS[cell]),
        "numerator_indicator_code": lambda: names.get(cell, cell),
        "denominator_indicator_code": lambda: names.get(cell, cell),
        "is_full_at_target": lambda: t("yes") if cell else t("no"),
        "reviewed_on": lambda: t.date(cell),
    }
    if field in said:
        return said[field]()
    return t.measure(cell, "", 4) if isinstance(cell, int | float) else str(cell)
