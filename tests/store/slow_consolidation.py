"""The consolidation once more, slow and obvious, one figure at a time: the oracle that the SQL is compared with."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from kpi.model import AggregationOverPeriods, AggregationOverUnits, Indicator, Unit
from kpi.periods import GRAINS, MONTHS, Grain, Period, finer_than
from kpi.store.record import Definitions

Key = tuple[str, str, Grain, date]


@dataclass
class Part:
    """A figure as it enters a rule. `expected` and `present` count what it is made of."""

    value: float | None = None
    numerator: float | None = None
    denominator: float | None = None
    target: float | None = None
    high: float | None = None
    expected: int = 1
    present: int = 0
    is_partial_sum: bool = False
    is_own_target: bool = True
    origin: str = "reported"


@dataclass
class Consolidation:
    """All figures of one organisation; `stated` as reported, by unit, indicator, grain and first day."""

    known: Definitions
    stated: dict[Key, Part]
    memory: dict[Key, Part | None] = field(default_factory=dict)

    def own(self, unit: str, indicator: str, period: Period) -> Part | None:
        """What the unit states itself: reported, or computed from two reported figures."""
        part = self.stated.get((unit, indicator, period.grain, period.start))
        sheet = self.known.indicators[indicator]
        if (part is None or part.value is None) and sheet.numerator_indicator_code and sheet.denominator_indicator_code:
            top = self.stated.get((unit, sheet.numerator_indicator_code, period.grain, period.start))
            bottom = self.stated.get((unit, sheet.denominator_indicator_code, period.grain, period.start))
            if top and bottom and top.value is not None and bottom.value is not None and bottom.value > 0:
                value = sheet.multiplier * top.value / bottom.value
                target, high = (part.target, part.high) if part else (None, None)
                return Part(value, top.value, bottom.value, target, high, origin="computed")
        return part

    def fact(self, unit: str, indicator: str, period: Period) -> Part | None:
        """The consolidated figure, or None."""
        key = (unit, indicator, period.grain, period.start)
        if key not in self.memory:
            self.memory[key] = self._fact(unit, indicator, period)
        return self.memory[key]

    def _fact(self, unit: str, indicator: str, period: Period) -> Part | None:
        own = self.own(unit, indicator, period)
        own_finest, by_periods = self._by_periods(unit, indicator, period)
        by_units = self._by_units(unit, indicator, period)
        if own and own.value is not None:
            chosen = Part(own.value, own.numerator, own.denominator, expected=1, present=1, origin=own.origin)
        elif own_finest and by_periods:
            chosen = by_periods
        elif by_units:
            chosen = by_units
        else:
            chosen = Part()
        sources = [own, by_periods]
        if not (own_finest and by_periods) or (own and own.value is not None):
            sources.append(by_units)
        target, high, is_own = None, None, False
        for source in sources:
            if source is not None and source.target is not None:
                target, high, is_own = source.target, source.high, source is not by_units
                break
        if chosen.value is None and target is None:
            return None
        result = Part(**{**chosen.__dict__, "target": target, "high": high, "is_own_target": is_own})
        if result.value is None:
            result.present, result.is_partial_sum = 0, False
            if not (own_finest and by_periods):
                promised = by_units.expected if by_units else 0
                result.expected = max(promised, self.expected(unit, indicator, period, period.grain), 1)
        return result

    def _by_periods(self, unit: str, indicator: str, period: Period) -> tuple[Grain | None, Part | None]:
        rule = self.rule_over_periods(indicator)
        if rule == "none":
            return None, None
        stated = [
            g
            for g in finer_than(period.grain)
            if any(_has_value(self.own(unit, indicator, p)) for p in inside(period, g))
        ]
        finest = stated[0] if stated else None
        value = Part(value=None)
        if finest:
            parts = [(p, self.fact(unit, indicator, p)) for p in inside(period, finest)]
            there = [(p, f) for p, f in parts if f is not None]
            value = combined(rule, [f for _, f in there], self.known.indicators[indicator].multiplier)
            lived = sum(self.is_valid(unit, p) for p in inside(period, finest))
            value.expected = sum(f.expected for _, f in there) + max(lived - len(there), 0)
            value.is_partial_sum = value.value is not None and (
                value.is_partial_sum or (rule == "sum" and value.present < value.expected)
            )
            value.origin = "periods"
        found = self._target_over_periods(unit, indicator, period, finest, rule)
        value.target, value.high = (found.target, found.high) if found else (None, None)
        return finest, value

    def _target_over_periods(
        self, unit: str, indicator: str, period: Period, finest: Grain | None, rule: str
    ) -> Part | None:
        """Targets come from the finest grain that has some beside a value; else from the finest that has some."""
        multiplier = self.known.indicators[indicator].multiplier
        groups = {
            grain: [f for p in inside(period, grain) if (f := self.fact(unit, indicator, p)) is not None]
            for grain in finer_than(period.grain)
        }
        if finest:
            for grain, facts in groups.items():
                both = any(f.target is not None and is_present(rule, f) for f in facts)
                if MONTHS[grain] >= MONTHS[finest] and both:
                    return combined(rule, facts, multiplier)
        for facts in groups.values():
            has_target = any(f.target is not None for f in facts)
            if has_target and (finest or any(f.is_own_target for f in facts if f.target is not None)):
                return combined(rule, facts, multiplier)
        return None

    def _by_units(self, unit: str, indicator: str, period: Period) -> Part | None:
        rule = self.rule_over_units(indicator)
        children = self.children[unit]
        if rule == "none" or not children:
            return None
        facts = {child: self.fact(child, indicator, period) for child in children}
        if all(fact is None for fact in facts.values()):
            return None
        result = combined(rule, [f for f in facts.values() if f], self.known.indicators[indicator].multiplier)
        result.expected = sum(
            fact.expected if fact else self.expected(child, indicator, period, period.grain)
            for child, fact in facts.items()
        )
        result.is_partial_sum = result.value is not None and (
            result.is_partial_sum or (rule == "sum" and result.present < result.expected)
        )
        result.origin = "units"
        return result

    def to_date(self, unit: str, indicator: str, period: Period) -> Part | None:
        """The figure from the start of the year to the end of the period; None without a rule."""
        here = self.fact(unit, indicator, period)
        rule = self.rule_over_periods(indicator)
        if here is None or period.grain is Grain.YEAR:
            return here
        if rule == "none":
            return None
        year = Period.containing(period.start, Grain.YEAR, period.year_starts_in)
        so_far = [p for p in inside(year, period.grain) if p.end <= period.end]
        facts = [(p, self.fact(unit, indicator, p)) for p in so_far]
        result = combined(rule, [f for _, f in facts if f], self.known.indicators[indicator].multiplier)
        result.expected = sum(
            fact.expected if fact else self.expected(unit, indicator, p, period.grain) for p, fact in facts
        )
        return result

    def expected(
        self, unit: str, indicator: str, period: Period, grain: Grain, lived: list[Period] | None = None
    ) -> int:
        """How many figures the unit and those below it should have given for a period of `grain`.

        `lived`: the months in which those above it lived.
        """
        months = [m for m in (inside(period, Grain.MONTH) if lived is None else lived) if self.is_valid(unit, m)]
        below = [child for child in self.children[unit] if self.is_carried(child, indicator)]
        own = self.reported_grain(unit, indicator)
        if own is None and below and self.rule_over_units(indicator) != "none":
            return sum(self.expected(child, indicator, period, grain, months) for child in below)
        own = own or self.promised_grain(unit, indicator)
        if own is None or MONTHS[own] > MONTHS[grain]:
            return 0
        return len({Period.containing(month.start, own, period.year_starts_in).start for month in months})

    def reported_grain(self, unit: str, indicator: str) -> Grain | None:
        """The finest grain at which the unit ever stated a value."""
        for grain in GRAINS:
            for u, _, g, start in self.stated:
                if u == unit and g is grain:
                    period = Period.beginning(start, grain, self.known.organisation.year_starts_in)
                    if _has_value(self.own(unit, indicator, period)):
                        return grain
        return None

    def promised_grain(self, unit: str, indicator: str) -> Grain | None:
        """The finest grain at which it has a target."""
        grains = [g for (u, i, g, _), part in self.stated.items() if (u, i) == (unit, indicator)]
        return min(grains, key=MONTHS.__getitem__) if grains else None

    def is_carried(self, unit: str, indicator: str) -> bool:
        """Whether the unit, or one below it, has anything for the indicator."""
        if self.reported_grain(unit, indicator) or self.promised_grain(unit, indicator):
            return True
        return any(self.is_carried(child, indicator) for child in self.children[unit])

    def is_valid(self, unit: str, period: Period) -> bool:
        """Whether the unit lived on a day of a period's months."""
        found = self.known.units[unit]
        first = found.valid_from.replace(day=1) if found.valid_from else date.min
        last = found.valid_to or date.max
        return first <= period.end and period.start <= last

    def rule_over_periods(self, indicator: str) -> str:
        sheet: Indicator = self.known.indicators[indicator]
        return (
            "ratio" if sheet.numerator_indicator_code else AggregationOverPeriods(sheet.aggregation_over_periods).value
        )

    def rule_over_units(self, indicator: str) -> str:
        sheet: Indicator = self.known.indicators[indicator]
        return "ratio" if sheet.numerator_indicator_code else AggregationOverUnits(sheet.aggregation_over_units).value

    @cached_property
    def children(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {code: [] for code in self.known.units}
        for unit in self.known.units.values():
            if isinstance(unit, Unit) and unit.parent_code:
                found[unit.parent_code].append(unit.unit_code)
        return found


def inside(period: Period, grain: Grain) -> list[Period]:
    """The periods of a finer (or the same) grain in `period`, in order."""
    found, one = [], Period.beginning(period.start, grain, period.year_starts_in)
    while one.end <= period.end:
        found.append(one)
        one = one.shifted(1)
    return found


def is_present(rule: str, part: Part) -> bool:
    return part.value is not None and (rule != "ratio" or part.denominator is not None)


def combined(rule: str, parts: list[Part], multiplier: float) -> Part:
    """What the rule makes of parts in order of time (or of units)."""
    there = [part for part in parts if is_present(rule, part)]
    promised = [part for part in parts if part.target is not None]
    result = Part(present=sum(part.present for part in there), is_partial_sum=any(p.is_partial_sum for p in there))
    if there:
        _combine_values(rule, there, multiplier, result)
        if rule == "last":
            result.target, result.high = there[-1].target, there[-1].high
        elif all(part.target is not None for part in there):
            result.target = _mix(rule, [(p.target, p.denominator) for p in there])
            if any(p.high is not None for p in there):
                result.high = _mix(rule, [(p.target if p.high is None else p.high, p.denominator) for p in there])
    elif promised:
        plain = "mean" if rule == "ratio" else rule
        result.target = _mix(plain, [(p.target, None) for p in promised])
        if rule == "last":
            result.high = promised[-1].high
        elif any(p.high is not None for p in promised):
            result.high = _mix(plain, [(p.target if p.high is None else p.high, None) for p in promised])
    return result


def _combine_values(rule: str, there: list[Part], multiplier: float, result: Part) -> None:
    match rule:
        case "sum":
            result.value = sum(part.value for part in there)
        case "mean":
            result.value = sum(part.value for part in there) / len(there)
        case "last":
            result.value, result.numerator, result.denominator = (
                there[-1].value,
                there[-1].numerator,
                there[-1].denominator,
            )
        case "ratio":
            result.numerator = sum(part.numerator for part in there)
            result.denominator = sum(part.denominator for part in there)
            result.value = multiplier * result.numerator / result.denominator


def _mix(rule: str, targets: list[tuple[float, float | None]]) -> float:
    match rule:
        case "sum":
            return sum(target for target, _ in targets)
        case "last":
            return targets[-1][0]
        case "ratio":
            return sum(t * d for t, d in targets) / sum(d for _, d in targets)
        case _:
            return sum(target for target, _ in targets) / len(targets)


def _has_value(part: Part | None) -> bool:
    return part is not None and part.value is not None
