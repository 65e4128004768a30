"""Is an indicator stated well? What a draft lacks by the letters of SMART-C.

That indicators meet SMART-C is asked by a source (S16); what each letter asks for in a draft is our own reading, but
where a weakness has a source of its own. Each check is one small rule. Knows no screen and no language.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from kpi.access import AllowedSnapshot
from kpi.model import ControlLevel, Indicator, Mark, Polarity, ValidityLevel
from kpi.periods import Grain, Period
from kpi.scoring.profile import RuleProfile, Sourced
from kpi.views.weaknesses import Weakness, sheet_weaknesses


class Criterion(StrEnum):
    """The letters of SMART-C, in their order."""

    SPECIFIC = "specific"
    MEASURABLE = "measurable"
    AGREEABLE = "agreeable"
    REALISTIC = "realistic"
    TIME_BOUND = "time_bound"
    CONTINUOUSLY_IMPROVED = "continuously_improved"


class Flaw(StrEnum):
    """What a draft lacks, beyond the weaknesses of a definition sheet."""

    NO_NAME = "no_name"
    NUMBER_IN_NAME = "number_in_name"
    WISH_IN_NAME = "wish_in_name"
    TWO_IN_ONE = "two_in_one"
    VAGUE_WORD = "vague_word"
    THIN_DEFINITION = "thin_definition"
    NO_UNIT_OF_MEASURE = "no_unit_of_measure"
    SHARE_WITHOUT_DIVISION = "share_without_division"
    NO_RESPONSIBLE = "no_responsible"
    LEVELS_NOT_STATED = "levels_not_stated"
    LOW_CONTROL = "low_control"
    NO_TARGET = "no_target"
    IMPOSSIBLE_TARGET = "impossible_target"
    FAR_TARGET = "far_target"
    YEARLY_ONLY = "yearly_only"
    SAME_AS_BEFORE = "same_as_before"
    NOTHING_BEFORE = "nothing_before"


GRAVE: Final[frozenset[Flaw | Weakness]] = frozenset(
    {
        Flaw.NO_NAME,
        Flaw.NO_UNIT_OF_MEASURE,
        Flaw.NO_TARGET,
        Flaw.IMPOSSIBLE_TARGET,
        Weakness.NO_DIRECTION,
        Weakness.FORBIDDEN_ACTIVITY_LOW,
        Weakness.FORBIDDEN_EXACT_HIGH,
        Weakness.NO_CONVERSION_SCALE,
        Weakness.ZERO_TARGET_WITHOUT_WORST,
        Weakness.NO_DEFINITION,
        Weakness.NO_FORMULA,
        Weakness.NO_SOURCE,
    }
)
"""Without which nobody can agree to it, count it or score it; the rest is advice."""
_OF_SHEET: Final[dict[Weakness, Criterion]] = {
    Weakness.NO_DIRECTION: Criterion.MEASURABLE,
    Weakness.FORBIDDEN_ACTIVITY_LOW: Criterion.AGREEABLE,
    Weakness.FORBIDDEN_EXACT_HIGH: Criterion.AGREEABLE,
    Weakness.NO_CONVERSION_SCALE: Criterion.REALISTIC,
    Weakness.ACTIVITY: Criterion.CONTINUOUSLY_IMPROVED,
    Weakness.NO_DEFINITION: Criterion.SPECIFIC,
    Weakness.NO_FORMULA: Criterion.MEASURABLE,
    Weakness.NO_SOURCE: Criterion.MEASURABLE,
    Weakness.NO_BASELINE: Criterion.CONTINUOUSLY_IMPROVED,
}
"""To which letter a weakness of the sheet belongs."""
SMART_C: Final = Sourced(sources=("S16",), article="KPPN Denpasar hal. 14", mark=Mark.VERIFIED)
TABLE_14: Final = Sourced(sources=("S08",), article="KMK 127/2026 Tabel 14", mark=Mark.SECONDARY)
QUALITY: Final[Mapping[tuple[ValidityLevel, ControlLevel], float]] = {
    (ValidityLevel.EXACT, ControlLevel.LOW): 1.20,
    (ValidityLevel.EXACT, ControlLevel.MODERATE): 1.15,
    (ValidityLevel.PROXY, ControlLevel.LOW): 1.10,
    (ValidityLevel.PROXY, ControlLevel.MODERATE): 1.00,
    (ValidityLevel.PROXY, ControlLevel.HIGH): 0.90,
    (ValidityLevel.ACTIVITY, ControlLevel.MODERATE): 0.80,
    (ValidityLevel.ACTIVITY, ControlLevel.HIGH): 0.60,
}
"""Quality weight by validity and control (TABLE_14); a pair that is absent is not defined there."""
LEAST_WORDS: Final = 8
"""Words that a definition needs at least to say what counts and what doesn't; our own measure."""
FAR: Final = 0.5
"""A target that lies more than half of the last value away from it; our own measure."""
_TARGET_IN_NAME: Final = re.compile(
    r"\d[\d.,]*\s*(?:%|persen|percent)|\b(?:sebesar|minimal|maksimal|target|at least|at most)\s+\d[\d.,]*",
    re.IGNORECASE,
)
_WISHES: Final = (
    "meningkat", "menurun", "terwujud", "tercapai", "terlaksana", "tersedianya", "tersusun", "terselenggara",
    "peningkatan", "pelaksanaan", "penyusunan", "penyelenggaraan", "pembinaan", "pengadaan", "pemberian",
    "increas", "improv", "implement", "carrying", "holding",
)  # fmt: skip
"""How names begin that say what shall happen instead of what is counted."""
_TWO: Final = re.compile(r"\b(?:dan|serta|and)\b|[&/]", re.IGNORECASE)
_VAGUE: Final = re.compile(
    r"\b(?:optimal|maksimal|memadai|berkualitas|efektif|efisien|prima|unggul|adequate|effective|efficient|excellent)\b",
    re.IGNORECASE,
)
_DIVISION: Final = re.compile(r"[÷/:]|\b(?:dibagi|per|terhadap|divided|over)\b", re.IGNORECASE)
_SHARES: Final = ("%", "persen", "percent")


@dataclass(frozen=True, slots=True)
class Draft:
    """An indicator as it stands in a draft, with its target and what was reached before; None = not stated."""

    indicator: Indicator
    target: float | None = None
    target_high: float | None = None
    before: float | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """One thing that a draft lacks. `word`: the word of the draft that shows it, empty where none does."""

    criterion: Criterion
    kind: Flaw | Weakness
    word: str = ""

    @property
    def is_grave(self) -> bool:
        """Whether the draft cannot stand so; else it is advice."""
        return self.kind in GRAVE


def smart_notes(draft: Draft, profile: RuleProfile) -> tuple[Note, ...]:
    """Return what a draft lacks, by the letters of SMART-C, the grave ones of each letter first."""
    found = [Note(_OF_SHEET[kind], kind) for kind in sheet_weaknesses(draft.indicator, profile)]
    for criterion, check in CHECKS:
        found += [Note(criterion, kind, word) for kind, word in check(draft)]
    order = list(Criterion)
    return tuple(sorted(found, key=lambda note: (order.index(note.criterion), not note.is_grave)))


def quality_weight(indicator: Indicator) -> float | None:
    """Return the quality weight by validity and control; None where one is not stated, or the pair has none."""
    if indicator.validity_level is None or indicator.control_level is None:
        return None
    return QUALITY.get((indicator.validity_level, indicator.control_level))


Found = Iterator[tuple[Flaw | Weakness, str]]


def _name(draft: Draft) -> Found:
    name = draft.indicator.name.strip()
    if not name:
        yield Flaw.NO_NAME, ""
        return
    for kind, pattern in ((Flaw.NUMBER_IN_NAME, _TARGET_IN_NAME), (Flaw.TWO_IN_ONE, _TWO), (Flaw.VAGUE_WORD, _VAGUE)):
        if word := pattern.search(name):
            yield kind, word[0]
    if name.casefold().startswith(_WISHES):
        yield Flaw.WISH_IN_NAME, name.split()[0]


def _definition(draft: Draft) -> Found:
    said = (draft.indicator.definition or "").split()
    own = [word for word in said if word.casefold() not in draft.indicator.name.casefold().split()]
    if said and len(own) < LEAST_WORDS:
        yield Flaw.THIN_DEFINITION, ""


def _measure(draft: Draft) -> Found:
    indicator = draft.indicator
    if not indicator.unit_of_measure.strip():
        yield Flaw.NO_UNIT_OF_MEASURE, ""
    is_share = indicator.unit_of_measure.strip() in _SHARES and not indicator.numerator_indicator_code
    if is_share and indicator.formula and not _DIVISION.search(indicator.formula):
        yield Flaw.SHARE_WITHOUT_DIVISION, ""


def _agreement(draft: Draft) -> Found:
    indicator = draft.indicator
    if not indicator.responsible:
        yield Flaw.NO_RESPONSIBLE, ""
    if indicator.validity_level is None or indicator.control_level is None:
        yield Flaw.LEVELS_NOT_STATED, ""
    elif indicator.control_level is ControlLevel.LOW and indicator.validity_level is not ValidityLevel.ACTIVITY:
        yield Flaw.LOW_CONTROL, ""


def _target(draft: Draft) -> Found:
    indicator, target, before = draft.indicator, draft.target, draft.before
    if indicator.polarity is Polarity.NEUTRAL:
        return
    if target is None:
        yield Flaw.NO_TARGET, ""
        return
    low, high = indicator.lowest_possible, indicator.highest_possible
    if (low is not None and target < low) or (high is not None and target > high):
        yield Flaw.IMPOSSIBLE_TARGET, ""
    if target == 0 and indicator.polarity is Polarity.MINIMIZE and indicator.worst_value is None:
        yield Weakness.ZERO_TARGET_WITHOUT_WORST, ""
    if before and abs(target - before) > FAR * abs(before):
        yield Flaw.FAR_TARGET, ""


def _time(draft: Draft) -> Found:
    if draft.indicator.grain == Grain.YEAR.value:
        yield Flaw.YEARLY_ONLY, ""


def _progress(draft: Draft) -> Found:
    target, before = draft.target, draft.before
    sign = {Polarity.MAXIMIZE: 1.0, Polarity.MINIMIZE: -1.0}.get(draft.indicator.polarity or Polarity.NEUTRAL)
    if sign is None or target is None:
        return
    if before is None:
        yield Flaw.NOTHING_BEFORE, ""
    elif sign * (target - before) < 0:
        yield Weakness.TARGET_BELOW_LAST_YEAR, ""
    elif target == before:
        yield Flaw.SAME_AS_BEFORE, ""


CHECKS: Final[tuple[tuple[Criterion, Callable[[Draft], Found]], ...]] = (
    (Criterion.SPECIFIC, _name),
    (Criterion.SPECIFIC, _definition),
    (Criterion.MEASURABLE, _measure),
    (Criterion.AGREEABLE, _agreement),
    (Criterion.REALISTIC, _target),
    (Criterion.TIME_BOUND, _time),
    (Criterion.CONTINUOUSLY_IMPROVED, _progress),
)


def reached_before(
    snapshot: AllowedSnapshot, organisation_code: str, pair: tuple[str, str], year: Period
) -> float | None:
    """Return what a unit (the pair's first) reached of an indicator in the whole year before; None = not known."""
    before = year.years_later(-1)
    facts = snapshot.facts(
        organisation_code,
        unit_codes=[pair[0]],
        indicator_codes=[pair[1]],
        grain=Grain.YEAR,
        first=before.start,
        last=before.end,
    )
    known = facts[facts["value"].notna() & facts["is_complete"]]
    return None if known.empty else float(known["value"].iloc[-1])
