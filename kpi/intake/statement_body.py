"""The texts of a statement: what is known as a form shows it, and what was typed as definition, targets and weight.

Texts that can't be read are said at their field. Knows no record.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from math import isnan
from typing import Final

from kpi.i18n import Language
from kpi.intake.messages import Message, mark
from kpi.intake.sheet_faults import faults_of_code, faults_of_sheet
from kpi.intake.templates.amount import Amount, Wanted, amount_in, written
from kpi.model import AggregationOverPeriods, AggregationOverUnits, ControlLevel, Indicator, Polarity, ValidityLevel
from kpi.periods import Period
from kpi.scoring.ordinal import parse_levels
from kpi.store.statements import Statement

CHOICES: Final[Mapping[str, type[StrEnum]]] = {
    "polarity": Polarity,
    "aggregation_over_periods": AggregationOverPeriods,
    "aggregation_over_units": AggregationOverUnits,
    "control_level": ControlLevel,
    "validity_level": ValidityLevel,
}
_NUMBERS: Final = ("multiplier", "decimals", "every_years", "lowest_possible", "highest_possible", "worst_value")
_WHOLE: Final = ("decimals", "every_years")
YES: Final = "yes"


_FIELDS: Final = tuple(
    name for name in Indicator.__dataclass_fields__ if name not in ("organisation_code", "indicator_code")
)


Fault = tuple[str, Message]
"""A field, a period's code or `weight`, and what is wrong there."""
Line = tuple[str, dict[str, object]]
"""A period's code, and its target as a row of the tidy contract."""


@dataclass(frozen=True, slots=True)
class Body:
    """A statement's texts: `fields` by the names of `model.Indicator`, a `target` by the code of its period."""

    fields: Mapping[str, str] = field(default_factory=dict)
    targets: Mapping[str, str] = field(default_factory=dict)
    weight: str = ""

    @classmethod
    def of(cls, statement: Statement) -> Body:
        """Return what a statement holds; what it doesn't hold is empty."""
        held = statement.body
        return cls(dict(held.get("fields", {})), dict(held.get("targets", {})), str(held.get("weight", "")))

    def as_json(self) -> dict[str, object]:
        """Return it as the record keeps it."""
        return {"fields": dict(self.fields), "targets": dict(self.targets), "weight": self.weight}


def known_body(
    indicator: Indicator | None, targets: Mapping[str, tuple[float, float]], weight: float, language: Language
) -> Body:
    """Return what is known already as a form shows it; a target's upper end and a weight are NaN where none is."""
    fields = {} if indicator is None else {name: _shown(getattr(indicator, name), language) for name in _FIELDS}
    levels = parse_levels(indicator.ordinal_levels) if indicator and indicator.ordinal_levels else None
    texts: dict[str, str] = {}
    for code, (low, high) in targets.items():
        if isnan(high):
            texts[code] = (levels.text(low) if levels else None) or written(low, language)
        else:
            texts[code] = f"{written(low, language)}–{written(high, language)}"
    return Body(fields, texts, written(weight, language))


def _shown(value: object, language: Language) -> str:
    match value:
        case None | False:
            return ""
        case True:
            return YES
        case int() | float():
            return written(float(value), language)
        case date():
            return value.isoformat()
        case _:
            return str(value)


def read_indicator(statement: Statement, known: Mapping[str, Indicator]) -> tuple[Indicator, list[Fault]]:
    """Return the definition sheet as it would stand, and what is wrong with it; what can't be read stays as it was."""
    body, code = Body.of(statement), statement.indicator_code
    before = known.get(code)
    faults: list[Fault] = [] if before else list(faults_of_code(code))
    start = before or Indicator(statement.organisation_code, code, "")
    fresh = Indicator(statement.organisation_code, code, "")
    told: dict[str, object] = {}
    for name, text in body.fields.items():
        if name not in _FIELDS:
            continue
        value = _value(name, text.strip(), getattr(fresh, name))
        if isinstance(value, Message):
            faults.append((name, value))
        else:
            told[name] = value
    indicator = replace(start, **told)  # type: ignore[arg-type]  # each value is of its field's type
    unreadable = {name for name, _ in faults}
    faults += [one for one in faults_of_sheet(indicator, known) if one[0] not in unreadable]
    return indicator, faults


def _value(name: str, text: str, empty: object) -> object:
    """Return what a field's text means; `empty` where nothing stands in it; why where it means nothing."""
    if not text:
        return empty
    if name in CHOICES:
        kind = CHOICES[name]
        return kind(text) if text in set(kind) else Message(mark("'{text}' is none of the choices."), {"text": text})
    if name == "is_full_at_target":
        return text == YES
    if name == "reviewed_on":
        return _day(text)
    return _number(name, text) if name in _NUMBERS else text


def _day(text: str) -> date | Message:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return Message(mark("'{text}' is no date. Write it as 2026-09-30."), {"text": text})


def _number(name: str, text: str) -> float | int | Message:
    found = amount_in(text, Wanted())
    if isinstance(found, Message):
        return found
    if found is None:
        return Message(mark("'{text}' is no number. Write a number, or leave the field empty."), {"text": text})
    if name in _WHOLE and not found.value.is_integer():
        return Message(mark("'{text}' is not a whole number."), {"text": text})
    return int(found.value) if name in _WHOLE else found.value


def read_targets(
    statement: Statement, indicator: Indicator, before: Body, year_starts_in: int
) -> tuple[list[Line], list[Fault]]:
    """Return the stated targets as rows with their period's code, the weight beside one of its year; and the faults."""
    body = Body.of(statement)
    lines: list[Line] = []
    faults: list[Fault] = []
    levels = _levels(indicator)
    for code, text in body.targets.items():
        wanted = Wanted(measured=indicator.unit_of_measure, levels=levels, may_be_range=True)
        match amount_in(text.strip(), wanted):
            case Message() as message:
                faults.append((code, message))
            case Amount(value, high):
                period = Period.parse(code, year_starts_in)
                lines.append((code, _line(statement, period, value, high)))
            case None if before.targets.get(code, "").strip():
                text = mark("A target that stands is not taken back by emptying it. Write the right one.")
                faults.append((code, Message(text)))
            case None:
                pass
    faults += _with_weight(statement, body, before, lines, year_starts_in)
    return lines, faults


def _levels(indicator: Indicator):
    try:
        return parse_levels(indicator.ordinal_levels) if indicator.ordinal_levels else None
    except ValueError:  # said of the sheet
        return None


def _line(statement: Statement, period: Period, low: float, high: float | None) -> dict[str, object]:
    said = {"target": low} if high is None else {"target": low, "target_high": high}
    return {
        "unit_code": statement.unit_code,
        "indicator_code": statement.indicator_code,
        "period_start": period.start.isoformat(),
        "period_end": period.end.isoformat(),
        **said,
    }


def _with_weight(statement: Statement, body: Body, before: Body, lines: list[Line], year_starts_in: int) -> list[Fault]:
    """Put the weight beside a target of its year: the record takes it with one."""
    found = amount_in(body.weight.strip(), Wanted())
    match found:
        case Message():
            return [("weight", found)]
        case None:
            text = mark("A weight that stands is not taken back by emptying it. Write 0 where it counts nothing.")
            return [("weight", Message(text))] if before.weight.strip() else []
        case Amount(value):
            for code, line in lines:
                if Period.parse(code, year_starts_in).year == statement.year:
                    line["weight"] = value
                    return []
            if body.weight.strip() == before.weight.strip():
                return []
            text = mark("The weight of {code} has no figure of {year} beside it. State its target of {year} too.")
            return [("weight", Message(text, {"code": statement.indicator_code, "year": statement.year}))]
