"""Organisation, units and indicators as the record takes them: completed, checked as one set, laid out as Arrow."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Final  # Any: rows of a query, typed by the schema

import pyarrow as pa

from kpi.errors import StoreError, UnknownCode
from kpi.messages import Message, mark
from kpi.model import (
    AggregationOverPeriods,
    AggregationOverUnits,
    Comment,
    ControlLevel,
    Event,
    Indicator,
    Organisation,
    Polarity,
    Unit,
    ValidityLevel,
)

_TEXT, _NUMBER, _WHOLE, _FLAG, _DAY = pa.string(), pa.float64(), pa.int32(), pa.bool_(), pa.date32()
_COLUMN_TYPES: Final[dict[str, pa.DataType]] = {
    "year_starts_in": _WHOLE, "is_synthetic": _FLAG,
    "valid_from": _DAY, "valid_to": _DAY, "successor_share": _NUMBER, "weight_in_parent": _NUMBER,
    "every_years": _WHOLE, "multiplier": _NUMBER, "decimals": _WHOLE, "lowest_possible": _NUMBER,
    "highest_possible": _NUMBER, "worst_value": _NUMBER, "is_full_at_target": _FLAG, "reviewed_on": _DAY,
}  # fmt: skip
"""The columns that are no text."""
_CLOSED_SETS: Final[dict[str, type[Enum]]] = {
    "polarity": Polarity,
    "aggregation_over_periods": AggregationOverPeriods,
    "aggregation_over_units": AggregationOverUnits,
    "control_level": ControlLevel,
    "validity_level": ValidityLevel,
}


@dataclass(frozen=True, slots=True)
class Definitions:
    """An organisation with its units and indicators by code: all that is known, or only what is new or changed."""

    organisation: Organisation
    units: Mapping[str, Unit] = field(default_factory=dict)
    indicators: Mapping[str, Indicator] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """How many units and indicators it holds."""
        return len(self.units) + len(self.indicators)

    def completed(self) -> Definitions:
        """Return the same with the root unit in it, and every unit without a parent placed below the root."""
        root = self.organisation.organisation_code
        units = {
            code: unit if unit.parent_code or code == root else dataclasses.replace(unit, parent_code=root)
            for code, unit in self.units.items()
        }
        if root not in units:
            units = {root: Unit(root, root, self.organisation.name), **units}
        return dataclasses.replace(self, units=units)

    def merged_with(self, newer: Definitions) -> Definitions:
        """Return these with those of `newer` in place of, and beside, them."""
        return Definitions(newer.organisation, {**self.units, **newer.units}, {**self.indicators, **newer.indicators})

    def changes_since(self, known: Definitions | None) -> Definitions:
        """Return the units and indicators that `known` lacks or has otherwise (the organisation always stays)."""
        if known is None:
            return self
        return Definitions(
            self.organisation,
            {code: unit for code, unit in self.units.items() if known.units.get(code) != unit},
            {code: indicator for code, indicator in self.indicators.items() if known.indicators.get(code) != indicator},
        )

    def check(self) -> None:
        """Raise StoreError or UnknownCode when the set breaks its own rules: foreign codes, no parent, a circle."""
        code = self.organisation.organisation_code
        for thing in (*self.units.values(), *self.indicators.values()):
            if thing.organisation_code != code:
                text = "{name}: belongs to organisation {other}, not to {code}."
                raise StoreError(text, name=thing.name, other=thing.organisation_code, code=code)
        for unit in self.units.values():
            for other in (unit.parent_code, unit.successor_code):
                if other is not None and other not in self.units:
                    raise UnknownCode("unit", other, self.units, Message(mark("unit {code}"), {"code": unit.unit_code}))
        for indicator in self.indicators.values():
            for other in (indicator.numerator_indicator_code, indicator.denominator_indicator_code):
                if other is not None and other not in self.indicators:
                    where = Message(mark("indicator {code}"), {"code": indicator.indicator_code})
                    raise UnknownCode("indicator", other, self.indicators, where)
        if circle := self._circle():
            text = "Units {codes}: each lies below the other. Give one of them another parent."
            raise StoreError(text, codes=", ".join(circle))

    def check_event(self, event: Event) -> None:
        """Raise UnknownCode when the event concerns a unit or an indicator that isn't known here."""
        where = Message(mark("event {code}"), {"code": event.event_code})
        if event.unit_code is not None and event.unit_code not in self.units:
            raise UnknownCode("unit", event.unit_code, self.units, where)
        if event.indicator_code is not None and event.indicator_code not in self.indicators:
            raise UnknownCode("indicator", event.indicator_code, self.indicators, where)

    def check_comment(self, comment: Comment) -> None:
        """Raise UnknownCode when the comment is on a figure of a unit or an indicator that isn't known here."""
        where = Message(
            mark("a comment on {start} to {end}"), {"start": comment.period_start, "end": comment.period_end}
        )
        if comment.unit_code not in self.units:
            raise UnknownCode("unit", comment.unit_code, self.units, where)
        if comment.indicator_code not in self.indicators:
            raise UnknownCode("indicator", comment.indicator_code, self.indicators, where)

    def _circle(self) -> list[str]:
        """Return the units that do not hang from the root, sorted; at most five."""
        children: dict[str, list[str]] = {}
        for unit in self.units.values():
            if unit.parent_code is not None:
                children.setdefault(unit.parent_code, []).append(unit.unit_code)
        reached = {self.organisation.organisation_code}
        ahead = [self.organisation.organisation_code]
        while ahead:
            below = children.get(ahead.pop(), [])
            reached.update(below)
            ahead.extend(below)
        return sorted(set(self.units) - reached)[:5]


def as_arrow(things: Sequence[Organisation] | Sequence[Unit] | Sequence[Indicator], kind: type) -> pa.Table:
    """Return one row per definition, a column per field; `kind` is their dataclass, so that none gives columns too."""
    names = [part.name for part in dataclasses.fields(kind)]
    columns = {
        name: pa.array([_plain(getattr(thing, name)) for thing in things], _COLUMN_TYPES.get(name, _TEXT))
        for name in names
    }
    return pa.table(columns)


def codes_as_arrow(name: str, codes: Iterable[str]) -> pa.Table:
    """Return one column `name` of codes."""
    return pa.table({name: pa.array(list(codes), _TEXT)})


def organisation_from(row: Mapping[str, Any]) -> Organisation:
    """Return the organisation that a row of the record states."""
    return Organisation(**row)


def unit_from(row: Mapping[str, Any]) -> Unit:
    """Return the unit that a row of the record states."""
    return Unit(**row)


def indicator_from(row: Mapping[str, Any]) -> Indicator:
    """Return the indicator that a row of the record states; the text of a closed set becomes its Enum."""
    closed = {name: kind(row[name]) for name, kind in _CLOSED_SETS.items() if row[name] is not None}
    return Indicator(**{**row, **closed})


def _plain(value: object) -> object:
    return value.value if isinstance(value, Enum) else value
