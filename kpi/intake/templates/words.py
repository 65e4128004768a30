"""The words of a template's closed lists, in both languages, and back from the words to what they mean."""

from __future__ import annotations

from enum import StrEnum
from typing import Final, TypeVar

from kpi.i18n import LABELS, LANGUAGES, Translator, mark
from kpi.intake.sheets.words import fold
from kpi.intake.templates.content import Filling
from kpi.model import AggregationOverPeriods, AggregationOverUnits, ControlLevel, Polarity, ValidityLevel
from kpi.periods import Grain

E = TypeVar("E", bound=StrEnum)

_WORDS: Final[dict[type[StrEnum], dict[str, str]]] = {
    Polarity: LABELS[Polarity],
    Grain: LABELS[Grain],
    ValidityLevel: LABELS[ValidityLevel],
    AggregationOverPeriods: {
        AggregationOverPeriods.SUM: mark("Periods are added up"),
        AggregationOverPeriods.MEAN: mark("Mean of the periods"),
        AggregationOverPeriods.LAST: mark("The last period counts"),
        AggregationOverPeriods.RATIO: mark("Numerators and denominators of the periods are added up"),
        AggregationOverPeriods.NONE: mark("Not combined over periods"),
    },
    AggregationOverUnits: {
        AggregationOverUnits.SUM: mark("Units below are added up"),
        AggregationOverUnits.MEAN: mark("Mean of the units below"),
        AggregationOverUnits.RATIO: mark("Numerators and denominators of the units below are added up"),
        AggregationOverUnits.NONE: mark("Not combined over units"),
    },
    ControlLevel: {
        ControlLevel.LOW: mark("Little in the unit's hands"),
        ControlLevel.MODERATE: mark("Partly in the unit's hands"),
        ControlLevel.HIGH: mark("Mostly in the unit's hands"),
    },
    Filling: {
        Filling.VALUE: mark("fill in the value"),
        Filling.PARTS: mark("fill in numerator and denominator; the value follows"),
        Filling.FROM_BELOW: mark("comes from the units below; the target alone"),
        Filling.COMPUTED: mark("computed from other indicators; the target alone"),
    },
}
CHOICES: Final[dict[str, type[StrEnum]]] = {
    "polarity": Polarity,
    "grain": Grain,
    "aggregation_over_periods": AggregationOverPeriods,
    "aggregation_over_units": AggregationOverUnits,
    "control_level": ControlLevel,
    "validity_level": ValidityLevel,
}
"""The columns of the definition sheet that hold a word of a closed list."""


def word(member: StrEnum, t: Translator) -> str:
    """Return the words for a member."""
    return t(_WORDS[type(member)][member])


def choices(kind: type[StrEnum], t: Translator) -> list[str]:
    """Return the words of all members, in their order."""
    return [word(member, t) for member in kind]


def meant(kind: type[E], text: str) -> E | None:
    """Return the member that words of either language, or its code, stand for; None when they stand for none."""
    wanted = fold(text)
    for member in kind:
        said = {fold(word(member, Translator(language))) for language in LANGUAGES}
        if wanted in said | {member.value}:
            return member
    return None
