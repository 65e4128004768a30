"""Reads employees, individual indicators and appraisals from rows; every row tells all its faults. Writes nothing."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final  # Any: cells of the columns of PEOPLE_FIGURES

import pyarrow as pa

from kpi.intake.messages import mark
from kpi.intake.people.rows import EMPTY, PeopleRow
from kpi.model import Polarity, Verification
from kpi.people_model import (
    Appraisal,
    AppraisalKind,
    Cascade,
    CoreValue,
    Employee,
    FunctionalLevel,
    IndividualIndicator,
    Level,
)
from kpi.periods import Grain, Period
from kpi.store.people.entry import PEOPLE_FIGURES, PeopleEntry, Thing

EMPLOYEE_NEEDED: Final = ("employee_code", "name", "position", "unit_code", "valid_from")
EMPLOYEE_COLUMNS: Final = (*EMPLOYEE_NEEDED, "valid_to", "superior_code", "functional_level")
IKI_NEEDED: Final = ("employee_code", "indicator_code")
IKI_COLUMNS: Final = (
    *IKI_NEEDED, "name", "cascade", "from_unit_code", "from_indicator_code", "unit_of_measure", "polarity", "grain",
    "multiplier", "decimals", "period_start", "period_end", "value", "numerator", "denominator", "target",
    "target_high", "verification", "note",
)  # fmt: skip
APPRAISAL_NEEDED: Final = ("employee_code", "period_start", "period_end", "superior_code", "work_result", "behaviour")
APPRAISAL_COLUMNS: Final = (*APPRAISAL_NEEDED, "kind", *(value.value for value in CoreValue), "note")
_FIGURE_NUMBERS: Final = ("value", "numerator", "denominator", "target", "target_high")
_LEVEL_WORDS: Final = {
    "di atas ekspektasi": Level.ABOVE,
    "sesuai ekspektasi": Level.AS_EXPECTED,
    "di bawah ekspektasi": Level.BELOW,
    "di atas": Level.ABOVE,
    "sesuai": Level.AS_EXPECTED,
    "di bawah": Level.BELOW,
}
_CASCADE_WORDS: Final = {"langsung": Cascade.DIRECT, "sebagian": Cascade.PARTIAL, "baru": Cascade.NEW}
_KIND_WORDS: Final = {"tahunan": AppraisalKind.ANNUAL, "periodik": AppraisalKind.PERIODIC}
_POLARITY_WORDS: Final = {"higher": Polarity.MAXIMIZE, "lower": Polarity.MINIMIZE}


@dataclass(frozen=True, slots=True)
class Known:
    """What stands already: codes that rows may name, and the individual indicators by employee and code."""

    organisation_code: str
    year_starts_in: int
    unit_codes: Collection[str]
    indicator_codes: Collection[str]
    employee_codes: Collection[str]
    individual: Collection[tuple[str, str]] = ()


def employees(rows: Sequence[PeopleRow], known: Known) -> PeopleEntry:
    """Return the posts that the rows state; a superior may stand in another row of the file."""
    codes = {*known.employee_codes, *(row.text("employee_code") for row in rows)} - {""}
    found: list[Thing] = []
    for row in rows:
        begin, end = row.day("valid_from", needed=True), row.day("valid_to")
        level = row.member("functional_level", FunctionalLevel, {})
        code, superior = row.text("employee_code", needed=True), row.known("superior_code", codes, needed=False)
        name, position = row.text("name", needed=True), row.text("position", needed=True)
        unit = row.known("unit_code", known.unit_codes)
        if superior and superior == code:
            row.refuse("superior_code", mark("nobody is their own superior. Name another employee, or leave it empty."))
        if begin and end and begin > end:
            row.refuse("valid_to", mark("the post ends on {end}, before it begins on {begin}."), end=end, begin=begin)
        if not row.faults and begin:
            found.append(
                Employee(known.organisation_code, code, name, position, unit, begin, end, superior or None, level)
            )
    _refuse_repeats((row, row.text("employee_code"), row.text("valid_from")) for row in rows)
    return PeopleEntry(found)


def individual_indicators(rows: Sequence[PeopleRow], known: Known) -> PeopleEntry:
    """Return the individual indicators that the rows define, and the figures that they state.

    A row with a name defines; a row with a period states a figure; it may do both. Rows that define one indicator
    must agree. Whoever states a figure of an indicator that neither stands nor is defined here is refused.
    """
    defined: dict[tuple[str, str], tuple[PeopleRow, IndividualIndicator]] = {}
    for row in rows:
        indicator = _definition(row, known) if row.text("name") or row.text("cascade") else None
        if indicator is None:
            continue
        key = (indicator.employee_code, indicator.indicator_code)
        first, other = defined.setdefault(key, (row, indicator))
        if other != indicator:
            row.refuse(
                None, mark("defines the indicator otherwise than line {line}. Make the two agree."), line=first.line
            )
    figures = []
    for row in rows:
        key = (row.known("employee_code", known.employee_codes), row.text("indicator_code", needed=True))
        if all(key) and key not in defined and key not in known.individual and not row.faults:
            row.refuse("name", mark("the employee has no indicator '{code}'. Name it and its cascade."), code=key[1])
        if (figure := _figure(row, known)) is not None:
            figures.append(figure)
        elif not row.faults and not row.text("name"):
            row.refuse(None, mark("states neither an indicator nor a figure. Give a name, or a period with a figure."))
    _refuse_repeats(
        (row, row.text("employee_code"), row.text("indicator_code"), row.text("period_start"), row.text("period_end"))
        for row in rows
    )
    table = pa.Table.from_pylist(figures, schema=PEOPLE_FIGURES)
    return PeopleEntry([indicator for _, indicator in defined.values()], table)


def appraisals(rows: Sequence[PeopleRow], known: Known) -> PeopleEntry:
    """Return the appraisals that the rows state. Without `kind`, a whole year is annual and anything else periodic."""
    found: list[Thing] = []
    for row in rows:
        code = row.known("employee_code", known.employee_codes)
        superior = row.known("superior_code", known.employee_codes)
        period = row.period(known.year_starts_in, needed=True)
        work = row.member("work_result", Level, _LEVEL_WORDS, needed=True)
        behaviour = row.member("behaviour", Level, _LEVEL_WORDS, needed=True)
        values = {value.value: row.member(value.value, Level, _LEVEL_WORDS) for value in CoreValue}
        kind = row.member("kind", AppraisalKind, _KIND_WORDS)
        if superior and superior == code:
            row.refuse("superior_code", mark("nobody appraises themselves. Name the superior."))
        if row.faults or period is None or work is None or behaviour is None:
            continue
        kind = kind or (AppraisalKind.ANNUAL if period.grain is Grain.YEAR else AppraisalKind.PERIODIC)
        note = row.text("note") or None
        span = (period.start, period.end)
        found.append(
            Appraisal(known.organisation_code, code, kind, *span, superior, work, behaviour, note=note, **values)  # pyright: ignore[reportArgumentType] — seven levels
        )
    _refuse_repeats((row, row.text("employee_code"), row.text("kind"), row.text("period_end")) for row in rows)
    return PeopleEntry(found)


def _definition(row: PeopleRow, known: Known) -> IndividualIndicator | None:
    code, indicator = row.known("employee_code", known.employee_codes), row.text("indicator_code", needed=True)
    name, cascade = row.text("name", needed=True), row.member("cascade", Cascade, _CASCADE_WORDS, needed=True)
    is_new = cascade is Cascade.NEW
    unit = row.known("from_unit_code", known.unit_codes, needed=not is_new)
    source = row.known("from_indicator_code", known.indicator_codes, needed=not is_new)
    if is_new and (unit or source):
        row.refuse("cascade", mark("a new indicator is cascaded from nothing. Empty from_unit_code and the other."))
    polarity = row.member("polarity", Polarity, _POLARITY_WORDS)
    grain = row.member("grain", Grain, {}) or _grain_of(row, known)
    multiplier, decimals = row.number("multiplier"), row.number("decimals")
    if multiplier is not None and multiplier <= 0:
        row.refuse("multiplier", mark("must be above zero."))
    if decimals is not None and decimals not in range(10):
        row.refuse("decimals", mark("must be a whole number from 0 to 9."))
    if row.faults or cascade is None:
        return None
    return IndividualIndicator(
        known.organisation_code,
        code,
        indicator,
        name,
        cascade,
        row.text("unit_of_measure"),
        polarity,
        grain.value,
        1.0 if multiplier is None else multiplier,
        2 if decimals is None else int(decimals),
        unit or None,
        source or None,
    )


def _grain_of(row: PeopleRow, known: Known) -> Grain:
    """Return the grain of the row's own period, else a year."""
    if not row.text("period_start") or not row.text("period_end"):
        return Grain.YEAR
    period = PeopleRow(row.line, row.cells).period(known.year_starts_in)
    return period.grain if period else Grain.YEAR


def _figure(row: PeopleRow, known: Known) -> dict[str, Any] | None:
    """Return the figure that a row states, None when it states none or has a fault."""
    numbers = {name: row.number(name) for name in _FIGURE_NUMBERS}
    has_numbers = any(number is not None for number in numbers.values())
    period = row.period(known.year_starts_in, needed=has_numbers)
    state = row.member("verification", Verification, {})
    if period is not None and not has_numbers and not row.faults:
        row.refuse("value", EMPTY)
    if (numbers["numerator"] is None) != (numbers["denominator"] is None):
        row.refuse("denominator", mark("numerator and denominator come together. Give both, or none."))
    if (below := numbers["denominator"]) is not None and below <= 0:
        row.refuse("denominator", mark("must be above zero."))
    if numbers["target_high"] is not None and (numbers["target"] is None or numbers["target_high"] < numbers["target"]):
        row.refuse("target_high", mark("the target's upper end lies below it, or it has none. Mend one of the two."))
    if row.faults or period is None:
        return None
    return {
        "line": row.line,
        "employee_code": row.text("employee_code"),
        "indicator_code": row.text("indicator_code"),
        **_span(period),
        **numbers,
        "verification": state.value if state else None,
        "note": row.text("note") or None,
    }


def _span(period: Period) -> dict[str, object]:
    return {"grain": period.grain.value, "period_start": period.start, "period_end": period.end}


def _refuse_repeats(keyed: Iterable[tuple[PeopleRow, *tuple[Hashable, ...]]]) -> None:
    """Put a fault into each row whose key an earlier one has."""
    first: dict[tuple[Hashable, ...], int] = {}
    for row, *key in keyed:
        earlier = first.setdefault(tuple(key), row.line)
        if earlier != row.line:
            row.refuse(
                None, mark("says again what line {line} says already. Remove one of the two rows."), line=earlier
            )
