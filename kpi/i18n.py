"""The screen's two languages: texts from catalogues, numbers and dates through Babel. Knows no screen.

Message ids are English. `kpi/locale/id/*.po` holds one catalogue per subject; all are merged. Names of units and
indicators are data and are never translated. A missing figure shows as a dash, never as 0.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path
from typing import Final, Literal

from babel import Locale
from babel.dates import format_date
from babel.numbers import NumberPattern, format_decimal, parse_pattern

from kpi.messages import mark
from kpi.model import Origin, Polarity, Reason, Status, ValidityLevel, Verification
from kpi.people_model import (
    AppraisalKind,
    Cascade,
    CoachingReason,
    CoreValue,
    FollowUpKind,
    FollowUpState,
    FunctionalLevel,
    Level,
    OrganisationPredicate,
    Predicate,
)
from kpi.periods import Grain, Period

Language = Literal["id", "en"]
LANGUAGES: Final[tuple[Language, ...]] = ("id", "en")
LOCALES: Final[dict[Language, str]] = {"id": "id_ID", "en": "en_GB"}
CATALOGUES: Final = Path(__file__).parent / "locale" / "id"
MISSING: Final = "–"
ROMAN: Final = ("I", "II", "III", "IV")
_ENTRY: Final = re.compile(r'((?:^#.*\n)*)^msgid ((?:".*"\n)+)msgstr ((?:".*"(?:\n|\Z))+)', re.MULTILINE)
_QUOTED: Final = re.compile(r'^"(.*)"$', re.MULTILINE)
_ESCAPED: Final = re.compile(r"\\(.)")
_ESCAPES: Final = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "\\": "\\"}


LABELS: Final[dict[type[StrEnum], dict[str, str]]] = {
    Grain: {
        Grain.MONTH: mark("Month"),
        Grain.QUARTER: mark("Quarter"),
        Grain.SEMESTER: mark("Semester"),
        Grain.YEAR: mark("Year"),
    },
    Polarity: {
        Polarity.MAXIMIZE: mark("Higher is better"),
        Polarity.MINIMIZE: mark("Lower is better"),
        Polarity.STABILIZE: mark("On target is better"),
        Polarity.NEUTRAL: mark("Context only, not rated"),
    },
    Reason: {
        Reason.NEUTRAL: mark("context only, never rated"),
        Reason.DIRECTION_NOT_STATED: mark("nobody has stated which way is better"),
        Reason.NO_VALUE: mark("no value reported"),
        Reason.NO_TARGET: mark("no target set"),
        Reason.PARTIAL_SUM: mark("the sum is not complete yet"),
        Reason.NO_RULE_FOR_POLARITY: mark("the rule profile has no rule for this direction"),
        Reason.NEGATIVE_TARGET: mark("no rule for a target below zero"),
        Reason.ZERO_TARGET: mark("no rule for a target of zero"),
        Reason.ZERO_VALUE: mark("no rule for a value of zero"),
        Reason.NEGATIVE_VALUE: mark("no rule for a value below zero"),
        Reason.NO_CONVERSION_SCALE: mark("the definition has no conversion scale"),
    },
    Status: {Status.SCORED: mark("Scored"), Status.NOT_SCORED: mark("Not scored")},
    Verification: {
        Verification.REPORTED: mark("Reported"),
        Verification.VERIFIED: mark("Verified"),
        Verification.LOCKED: mark("Locked"),
    },
    Origin: {
        Origin.REPORTED: mark("Reported by the unit"),
        Origin.COMPUTED: mark("Computed from two indicators"),
        Origin.PERIODS: mark("Made from finer periods"),
        Origin.UNITS: mark("Made from the units below"),
    },
    ValidityLevel: {
        ValidityLevel.EXACT: mark("Measures the objective itself"),
        ValidityLevel.PROXY: mark("Stands in for the objective"),
        ValidityLevel.ACTIVITY: mark("Measures activity, not outcome"),
    },
    Level: {
        Level.ABOVE: mark("Above expectation"),
        Level.AS_EXPECTED: mark("As expected"),
        Level.BELOW: mark("Below expectation"),
    },
    CoreValue: {
        CoreValue.SERVICE: mark("Service-oriented"),
        CoreValue.ACCOUNTABLE: mark("Accountable"),
        CoreValue.COMPETENT: mark("Competent"),
        CoreValue.HARMONIOUS: mark("Harmonious"),
        CoreValue.LOYAL: mark("Loyal"),
        CoreValue.ADAPTIVE: mark("Adaptive"),
        CoreValue.COLLABORATIVE: mark("Collaborative"),
    },
    Predicate: {
        Predicate.VERY_GOOD: mark("Very good"),
        Predicate.GOOD: mark("Good"),
        Predicate.NEEDS_IMPROVEMENT: mark("Needs improvement"),
        Predicate.POOR: mark("Poor"),
        Predicate.VERY_POOR: mark("Very poor"),
    },
    OrganisationPredicate: {
        OrganisationPredicate.EXCELLENT: mark("Excellent"),
        OrganisationPredicate.GOOD: mark("Good"),
        OrganisationPredicate.NEEDS_IMPROVEMENT: mark("Needs improvement"),
        OrganisationPredicate.POOR: mark("Poor"),
        OrganisationPredicate.VERY_POOR: mark("Very poor"),
    },
    AppraisalKind: {AppraisalKind.PERIODIC: mark("Periodic"), AppraisalKind.ANNUAL: mark("Annual")},
    Cascade: {
        Cascade.DIRECT: mark("Taken over whole"),
        Cascade.PARTIAL: mark("A part of it"),
        Cascade.NEW: mark("The person's own"),
    },
    FunctionalLevel: {
        FunctionalLevel.EXPERT_FIRST: mark("Ahli Pertama"),
        FunctionalLevel.EXPERT_JUNIOR: mark("Ahli Muda"),
        FunctionalLevel.EXPERT_SENIOR: mark("Ahli Madya"),
        FunctionalLevel.EXPERT_PRINCIPAL: mark("Ahli Utama"),
        FunctionalLevel.SKILLED_BEGINNER: mark("Pemula"),
        FunctionalLevel.SKILLED: mark("Terampil"),
        FunctionalLevel.SKILLED_ADVANCED: mark("Mahir"),
        FunctionalLevel.SKILLED_SUPERVISOR: mark("Penyelia"),
    },
    FollowUpKind: {
        FollowUpKind.COACHING: mark("Coaching"),
        FollowUpKind.MENTORING: mark("Mentoring"),
        FollowUpKind.TRAINING: mark("Training"),
        FollowUpKind.ROLE_CHANGE: mark("Change of role"),
        FollowUpKind.SANCTION_PROCESS: mark("Sanction process"),
        FollowUpKind.DEVELOPMENT: mark("Development"),
        FollowUpKind.TALENT_POOL: mark("Talent pool"),
    },
    FollowUpState: {
        FollowUpState.PLANNED: mark("Planned"),
        FollowUpState.UNDER_WAY: mark("Under way"),
        FollowUpState.DONE: mark("Done"),
        FollowUpState.DROPPED: mark("Dropped"),
    },
    CoachingReason: {
        CoachingReason.LOW_PREDICATE: mark("Low predicate"),
        CoachingReason.FALLING: mark("Falling predicate"),
        CoachingReason.INDICATOR_MISSED: mark("Individual indicator missed"),
        CoachingReason.UNIT_WORSENING: mark("The unit's indicator gets worse"),
        CoachingReason.STRONG: mark("Strong performance"),
    },
}


@cache
def catalogue() -> dict[str, str]:
    """Return the merged Indonesian catalogues: English text to Indonesian. Fuzzy entries don't count."""
    merged: dict[str, str] = {}
    for path in sorted(CATALOGUES.glob("*.po")):
        merged |= _entries(path.read_text(encoding="utf-8"))
    return {msgid: text for msgid, text in merged.items() if msgid and text}


def _entries(written: str) -> dict[str, str]:
    """Return what a catalogue holds. Babel's reader knows far more, and took ten times as long."""
    found = _ENTRY.findall(written)
    return {_joined(msgid): _joined(text) for flags, msgid, text in found if "fuzzy" not in flags}


def _joined(lines: str) -> str:
    text = "".join(_QUOTED.findall(lines))
    return _ESCAPED.sub(lambda found: _ESCAPES[found[1]], text) if "\\" in text else text


@dataclass(frozen=True, slots=True)
class Translator:
    """Gives every text, number and date of a screen in one language."""

    language: Language

    def __call__(self, msgid: str, /, **values: object) -> str:
        """Return the text with `{names}` put in; the English one where no translation stands."""
        text = catalogue().get(msgid, msgid) if self.language == "id" else msgid
        return text.format(**values) if values else text

    def plural(self, one: str, many: str, n: int, /, **values: object) -> str:
        """Return the text for `n` things; `{n}` is put in as a number. Indonesian has one form, keyed by `one`."""
        msgid = one if n == 1 or self.language == "id" else many
        return self(msgid, n=self.number(n), **values)

    def label(self, member: StrEnum) -> str:
        """Return the words for a member of one of the model's Enums."""
        return self(LABELS[type(member)][member])

    def number(self, x: float | None, decimals: int = 0) -> str:
        """Return a number with exactly `decimals` places."""
        return self._decimal(x, decimals, "0")

    def percent(self, ratio: float | None, decimals: int = 1) -> str:
        """Return a ratio as percent: 0.724 → 72,4%."""
        return MISSING if ratio is None or math.isnan(ratio) else f"{self.number(ratio * 100, decimals)}%"

    def points(self, ratio: float | None, decimals: int = 1) -> str:
        """Return a ratio in points of an index: 0.034 → 3,4 poin."""
        if ratio is None or math.isnan(ratio):
            return MISSING
        return self("{number} points", number=self.number(ratio * 100, decimals))

    def change(self, ratio: float | None, decimals: int = 1) -> str:
        """Return a difference of two indices with its sign: +2,3 poin; −1,2 poin; ±0,0 poin."""
        if ratio is None or math.isnan(ratio):
            return MISSING
        size = round(ratio * 100, decimals)
        sign = "+" if size > 0 else "−" if size < 0 else "±"
        return sign + self.points(abs(ratio), decimals)

    def measure(self, value: float | None, unit_of_measure: str, decimals: int) -> str:
        """Return a measured value with at most `decimals` places and what it counts: 12,5%; 1.204 orang."""
        number = self._decimal(value, decimals, "#")
        if number == MISSING or not unit_of_measure:
            return number
        return f"{number}%" if unit_of_measure in ("%", "persen", "percent") else f"{number} {unit_of_measure}"

    def date(self, day: date) -> str:
        """Return a day in words: 12 Oktober 2026."""
        return format_date(day, "d MMMM y", locale=LOCALES[self.language])

    def period(self, period: Period, *, to_date: bool = False) -> str:
        """Return a period in words: Triwulan III 2026; with `to_date` Januari s.d. September 2026."""
        if to_date and period.start != period.year_start:
            return self("{first} to {last}", first=self._month(period.year_start), last=self._month(period.end))
        match period.grain:
            case Grain.MONTH:
                return self._month(period.start)
            case Grain.QUARTER:
                return self("Q{number} {year}", number=self.ordinal(period), year=period.year)
            case Grain.SEMESTER:
                return self("S{number} {year}", number=self.ordinal(period), year=period.year)
            case Grain.YEAR:
                return str(period.year)

    def period_short(self, period: Period) -> str:
        """Return a period without its year, for a button or an axis: TW III, Sep, Sem I, 2026."""
        match period.grain:
            case Grain.MONTH:
                return format_date(period.start, "MMM", locale=LOCALES[self.language])
            case Grain.QUARTER:
                return self("Q{number}", number=self.ordinal(period))
            case Grain.SEMESTER:
                return self("S{number}", number=self.ordinal(period))
            case Grain.YEAR:
                return str(period.year)

    def ordinal(self, period: Period) -> str:
        """Return the place of a quarter or semester in its year: III in Indonesian, 3 in English."""
        return ROMAN[period.number - 1] if self.language == "id" else str(period.number)

    def _month(self, day: date) -> str:
        return _month_written(day.year, day.month, self.language)

    def _decimal(self, x: float | None, decimals: int, digit: Literal["0", "#"]) -> str:
        if x is None or math.isnan(x):
            return MISSING
        return _written(round(x, decimals) + 0.0, decimals, digit, self.language)  # + 0.0: no minus before a zero


@lru_cache(maxsize=2_000)
def _month_written(year: int, month: int, language: Language) -> str:
    return format_date(date(year, month, 1), "MMMM y", locale=LOCALES[language])


@lru_cache(maxsize=20_000)
def _written(rounded: float, decimals: int, digit: str, language: Language) -> str:
    """Return a number in a language's way; a page writes the same ones again and again."""
    pattern = "#,##0" + ("." + digit * decimals if decimals else "")
    return format_decimal(rounded, _pattern(pattern), _locale(language)).replace("-", "−")


@cache
def _pattern(words: str) -> NumberPattern:
    """Return a pattern of numbers, read once: reading takes longer than writing a number by it."""
    return parse_pattern(words)


@cache
def _locale(language: Language) -> Locale:
    return Locale.parse(LOCALES[language])
