"""Weaknesses of an indicator's definition: what the sheet leaves open, and what its targets and counts show.

Each rule is one small function. What a source stands behind is named in SOURCES; the rest is common sense and says so.
Knows no screen and no language.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import isnan, nan
from typing import Final

import pandas as pd

from kpi.access import AllowedSnapshot
from kpi.model import (
    AggregationOverPeriods,
    AggregationOverUnits,
    ControlLevel,
    Indicator,
    Mark,
    Polarity,
    ValidityLevel,
)
from kpi.periods import Grain, Period
from kpi.scoring.profile import RuleProfile, Sourced
from kpi.views.definitions import definition_of
from kpi.views.plain_rows import names_by
from kpi.views.selection import Selection
from kpi.views.sheets import Sheet, sheet_of
from kpi.views.year_target import NO_TARGET, YearFacts, facts_of_year, year_target

FEW_CASES: Final = 20
"""Fewer cases a year than that: a rate moves by more than a fifth by chance alone (√20 ÷ 20 = 22 %)."""


class Weakness(StrEnum):
    """What is weak, the gravest first."""

    NO_DIRECTION = "no_direction"
    FORBIDDEN_ACTIVITY_LOW = "forbidden_activity_low"
    FORBIDDEN_EXACT_HIGH = "forbidden_exact_high"
    NO_YEAR_TARGET = "no_year_target"
    TARGET_BELOW_LAST_YEAR = "target_below_last_year"
    NO_CONVERSION_SCALE = "no_conversion_scale"
    ZERO_TARGET_WITHOUT_WORST = "zero_target_without_worst"
    RATIO_WITHOUT_DENOMINATORS = "ratio_without_denominators"
    FEW_CASES = "few_cases"
    ACTIVITY = "activity"
    NO_DEFINITION = "no_definition"
    NO_FORMULA = "no_formula"
    NO_SOURCE = "no_source"
    NO_BASELINE = "no_baseline"


_MANUAL: Final = Sourced(sources=("S18", "S20"), article="Manual IKU", mark=Mark.VERIFIED)
SOURCES: Final[dict[Weakness, Sourced]] = {
    Weakness.FORBIDDEN_ACTIVITY_LOW: Sourced(sources=("S17",), article="KPPN Denpasar hal. 15", mark=Mark.VERIFIED),
    Weakness.FORBIDDEN_EXACT_HIGH: Sourced(sources=("S17",), article="KPPN Denpasar hal. 15", mark=Mark.VERIFIED),
    Weakness.TARGET_BELOW_LAST_YEAR: Sourced(sources=("S08",), article="KMK 127/2026 Tabel 15", mark=Mark.SECONDARY),
    Weakness.NO_CONVERSION_SCALE: Sourced(sources=("S06",), article="KMK 127/2026 hal. 70", mark=Mark.SECONDARY),
    Weakness.ZERO_TARGET_WITHOUT_WORST: Sourced(
        sources=("S06",), article="KMK 127/2026 hal. 67–70", mark=Mark.SECONDARY
    ),
    Weakness.ACTIVITY: Sourced(sources=("S08", "S10"), article="KMK 127/2026 Tabel 14", mark=Mark.SECONDARY),
    Weakness.NO_DIRECTION: _MANUAL,
    Weakness.NO_DEFINITION: _MANUAL,
    Weakness.NO_FORMULA: _MANUAL,
    Weakness.NO_SOURCE: _MANUAL,
}
"""What stands behind a rule; a weakness that is not listed is our own advice."""


@dataclass(frozen=True, slots=True)
class Found:
    """A weakness found, the names of the units that it concerns (none: all), and the numbers of the first of them.

    `low` and `high`: last year's value and this year's target; or a year's cases and what one case moves the figure by.
    """

    kind: Weakness
    units: tuple[str, ...] = ()
    low: float = nan
    high: float = nan


def weaknesses(
    snapshot: AllowedSnapshot, selection: Selection, indicator_code: str, profile: RuleProfile
) -> tuple[Found, ...]:
    """Return the weaknesses of an indicator in the selection's year, the gravest first. Raises UnknownCode."""
    organisation = selection.organisation_code
    definition = definition_of(snapshot, organisation, indicator_code)
    sheet = sheet_of(snapshot, organisation, indicator_code)
    found = [Found(kind) for kind in sheet_weaknesses(definition, profile)]
    found += _shown_by_figures(snapshot, selection, sheet, definition)
    order = list(Weakness)
    return tuple(sorted(found, key=lambda each: order.index(each.kind)))


def sheet_weaknesses(definition: Indicator, profile: RuleProfile) -> tuple[Weakness, ...]:
    """Return what is weak in a definition sheet by itself."""
    validity, control = definition.validity_level, definition.control_level
    is_activity = validity is ValidityLevel.ACTIVITY
    found = {
        Weakness.NO_DIRECTION: definition.polarity is None,
        Weakness.FORBIDDEN_ACTIVITY_LOW: is_activity and control is ControlLevel.LOW,
        Weakness.FORBIDDEN_EXACT_HIGH: validity is ValidityLevel.EXACT and control is ControlLevel.HIGH,
        Weakness.NO_CONVERSION_SCALE: _lacks_scale(definition, profile),
        Weakness.ACTIVITY: is_activity and control is not ControlLevel.LOW,
        Weakness.NO_DEFINITION: not definition.definition,
        Weakness.NO_FORMULA: not definition.formula,
        Weakness.NO_SOURCE: not definition.data_source,
        Weakness.NO_BASELINE: not definition.baseline,
    }
    return tuple(kind for kind, is_so in found.items() if is_so)


def _lacks_scale(definition: Indicator, profile: RuleProfile) -> bool:
    rule = profile.rules.get(Polarity.STABILIZE)
    needs_one = rule is not None and rule.conversion_scale is not None
    return needs_one and definition.polarity is Polarity.STABILIZE and not definition.conversion_scale


def _shown_by_figures(
    snapshot: AllowedSnapshot, selection: Selection, sheet: Sheet, definition: Indicator
) -> list[Found]:
    """Return what this year's targets and last year's figures show, over the units that carry the indicator."""
    if sheet.rules.polarity is Polarity.NEUTRAL:
        return []
    organisation, code = selection.organisation_code, sheet.code
    year = Period.containing(selection.period.end, Grain.YEAR, selection.period.year_starts_in)
    before = year.years_later(-max(sheet.rules.every_years, 1))
    carriers = _carriers(snapshot, selection, code)
    if not carriers:
        return []
    facts = facts_of_year(snapshot, organisation, [(unit, code) for unit in carriers], year)
    targets = {unit: _target(facts.get((unit, code)), sheet) for unit in carriers}
    past = snapshot.facts(
        organisation, unit_codes=list(carriers), indicator_codes=[code], grain=Grain.YEAR,
        first=before.start, last=before.end,
    )  # fmt: skip
    found = [
        _without_target(targets, carriers),
        _below_last_year(targets, past, carriers, sheet),
        _zero_without_worst(targets, carriers, definition),
        _without_denominators(past, carriers, sheet),
        _few_cases(past, carriers, sheet),
    ]
    return [each for each in found if each is not None]


def _carriers(snapshot: AllowedSnapshot, selection: Selection, indicator_code: str) -> dict[str, str]:
    """Return the names of the units that agreed to the indicator in the year, else of those with figures of it."""
    agreed = snapshot.agreements(selection.organisation_code, selection.year)
    codes = set(agreed.loc[agreed["indicator_code"] == indicator_code, "unit_code"])
    if agreed.empty:
        codes = set(snapshot.newest_facts(selection.organisation_code, indicator_code)["unit_code"])
    units = snapshot.units(selection.organisation_code)
    return {code: name for code, name in names_by("unit_code", units).items() if code in codes}


def _target(facts: YearFacts | None, sheet: Sheet) -> float:
    target = NO_TARGET if facts is None else year_target(facts, sheet)
    return target.low if isnan(target.high) or sheet.rules.polarity is not Polarity.MINIMIZE else target.high


def _without_target(targets: Mapping[str, float], names: Mapping[str, str]) -> Found | None:
    units = tuple(names[unit] for unit, target in targets.items() if isnan(target))
    return Found(Weakness.NO_YEAR_TARGET, units) if units else None


def _below_last_year(
    targets: Mapping[str, float], past: pd.DataFrame, names: Mapping[str, str], sheet: Sheet
) -> Found | None:
    """Return the units that aim at less than they had in the year before; only whole years count."""
    whole = past[past["is_complete"] & past["value"].notna()]
    reached = {str(unit): float(value) for unit, value in zip(whole["unit_code"], whole["value"], strict=True)}
    sign = {Polarity.MAXIMIZE: 1.0, Polarity.MINIMIZE: -1.0}.get(sheet.rules.polarity or Polarity.NEUTRAL, 0.0)
    easier = [
        unit for unit, target in targets.items() if round(sign * (reached.get(unit, nan) - target), sheet.decimals) > 0
    ]
    if not easier:
        return None
    return Found(
        Weakness.TARGET_BELOW_LAST_YEAR, tuple(names[unit] for unit in easier), reached[easier[0]], targets[easier[0]]
    )


def _zero_without_worst(targets: Mapping[str, float], names: Mapping[str, str], definition: Indicator) -> Found | None:
    units = tuple(names[unit] for unit, target in targets.items() if target == 0)
    is_bare = definition.worst_value is None
    return Found(Weakness.ZERO_TARGET_WITHOUT_WORST, units) if units and is_bare else None


def _without_denominators(past: pd.DataFrame, names: Mapping[str, str], sheet: Sheet) -> Found | None:
    is_ratio = AggregationOverPeriods.RATIO is sheet.rules.over_periods
    is_ratio = is_ratio or AggregationOverUnits.RATIO is sheet.rules.over_units
    missing = past[past["value"].notna() & past["denominator"].isna()]
    units = tuple(names[str(unit)] for unit in missing["unit_code"])
    return Found(Weakness.RATIO_WITHOUT_DENOMINATORS, units) if is_ratio and units else None


def _few_cases(past: pd.DataFrame, names: Mapping[str, str], sheet: Sheet) -> Found | None:
    """Return the units whose rate stands on few cases in a year."""
    counted = past[past["numerator"].notna() & (past["denominator"] > 0)]
    few = counted[counted["numerator"] < FEW_CASES]
    if few.empty:
        return None
    cases, below = few[["numerator", "denominator"]].to_numpy(float)[0]
    units = tuple(names[str(unit)] for unit in few["unit_code"])
    return Found(Weakness.FEW_CASES, units, float(cases), sheet.rules.multiplier / float(below))
