"""Checks figures before they are handed on: errors refuse, warnings stay with the batch; mends nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from kpi.intake.messages import Message, mark
from kpi.intake.sheets.figures import Amount, Figure
from kpi.intake.sheets.findings import Finding, error, info, warning
from kpi.intake.sheets.headers import Role
from kpi.intake.sheets.measures import Measure, MeasureKind, agree, measure
from kpi.intake.sheets.words import fold
from kpi.model import Indicator

NO_SHARE: Final = mark("{number:g} percent: a share of a whole lies between 0 and 100. Is it right?")
LARGE_PART: Final = mark("The numerator {numerator:g} is above its denominator {denominator:g}, in a share of a whole.")
NO_TARGET: Final = mark("{indicator} has a value for {period}, but no target.")
LONE_ZERO: Final = mark(
    "{indicator} is 0 in {period}, while the periods beside it are not. Not reported? Then leave the cell empty."
)
JUMP: Final = mark(
    "{value:g} jumps beyond what {indicator} has varied by so far ({low:.4g} to {high:.4g}). Is it right?"
)
_UNBOUNDED: Final = frozenset(
    {"apk", "kasar", "pertumbuhan", "laju", "kenaikan", "peningkatan", "penurunan", "perubahan", "inflasi", "deviasi"}
)
_COVERAGE: Final = frozenset({"cakupan", "coverage", "capaian"})
"""Words of shares whose whole is an estimate, so that they may pass 100 percent."""


def check_figures(figures: Sequence[Figure], known: Mapping[str, Indicator]) -> list[Finding]:
    """Run every check of a file alone; findings in the order of the checks, then of the figures.

    Duplicates are checked apart (`without_duplicates`), for they decide which figures are kept; zeros and jumps where
    the record is known (`kpi.intake.doubts`).
    """
    found: list[Finding] = []
    for figure in figures:
        indicator = known.get(figure.indicator.code or "")
        found += impossible(figure, indicator)
        found += parts(figure, indicator)
        found += contradicted_series(figure)
        found += reversed_range(figure)
    found += measure_changes(figures, known)
    found += missing_targets(figures)
    return found


def outside(number: float, indicator: str, low: float | None, high: float | None) -> Message:
    """Say that a figure is outside the range that an indicator's definition allows."""
    ends = {"low": Message(mark("any")) if low is None else f"{low:g}"}
    ends["high"] = Message(mark("any")) if high is None else f"{high:g}"
    text = mark("{number:g} is outside what is possible for {indicator} ({low} to {high}).")
    return Message(text, {"number": number, "indicator": indicator, **ends})


def other_measure(indicator: str, here: str, there: str, *, is_defined: bool) -> Message:
    """Say that an indicator is in another unit of measure than by its definition, or than earlier in the file."""
    text = mark("{indicator} is in '{here}' here, but in '{there}' {where}. Mend it, or define a new indicator.")
    where = Message(mark("by its definition") if is_defined else mark("further up"))
    return Message(text, {"indicator": indicator, "here": here, "there": there, "where": where})


def without_duplicates(figures: Sequence[Figure]) -> tuple[list[Figure], list[Finding]]:
    """Return the figures with each unit, indicator and period once, and what was found double.

    Twice the same numbers: a warning, and the first stays. Other numbers: an error that names both cells. Where one
    row has the value and another the target (a sheet of targets, a sheet of realisations), they are one figure.
    """
    kept: dict[object, Figure] = {}
    found: list[Finding] = []
    for figure in figures:
        earlier = kept.setdefault(figure.key, figure)
        if earlier is figure:
            continue
        if not _numbers(earlier).keys() & _numbers(figure).keys():
            kept[figure.key] = _merged(earlier, figure)
            continue
        values = {"indicator": figure.indicator.name, "period": figure.period.code}
        values |= {"where": f"{earlier.sheet}!{_cell(earlier)}"}
        if _numbers(earlier) == _numbers(figure):
            text = mark(
                "{indicator} for {period} stands twice with the same figures (first in {where}); the first is kept."
            )
            found.append(warning(figure.sheet, _cell(figure), text, **values))
        else:
            text = mark(
                "{indicator} for {period} stands twice with different figures (first in {where}). Keep one of the two."
            )
            found.append(error(figure.sheet, _cell(figure), text, **values))
    return list(kept.values()), found


def _merged(one: Figure, other: Figure) -> Figure:
    """Return one figure with the numbers and notes of both."""
    amounts = {role: amount for role, amount in other.amounts.items() if amount.parsed.value is not None}
    own = {role: amount for role, amount in one.amounts.items() if amount.parsed.value is not None}
    return replace(
        one,
        amounts={**amounts, **own},
        series=one.series or other.series,
        measure=one.measure or other.measure,
        polarity=one.polarity or other.polarity,
        note=one.note or other.note,
    )


def _numbers(figure: Figure) -> dict[Role, float | None]:
    return {role: amount.parsed.value for role, amount in figure.amounts.items() if amount.parsed.value is not None}


def _cell(figure: Figure) -> str:
    """Return the cell that best stands for a figure: its value's, else its target's, else any."""
    cells = (figure.cell(role) for role in (Role.VALUE, Role.TARGET, *figure.amounts))
    return next((cell for cell in cells if cell is not None), "A1")


def impossible(figure: Figure, indicator: Indicator | None) -> list[Finding]:
    """Find values and targets outside the indicator's possible range, and doubtful shares where none is declared."""
    found = []
    for role in (Role.VALUE, Role.TARGET, Role.TARGET_HIGH):
        amount = figure.amounts.get(role)
        if amount is None or amount.parsed.value is None:
            continue
        low = indicator.lowest_possible if indicator else None
        high = indicator.highest_possible if indicator else None
        number = amount.parsed.value
        if (low is not None and number < low) or (high is not None and number > high):
            said = outside(number, figure.indicator.name, low, high)
            found.append(error(figure.sheet, amount.cell, said.text, **said.values))
        elif low is None and high is None and is_bounded_share(figure) and not 0.0 <= number <= 100.0:
            found.append(warning(figure.sheet, amount.cell, NO_SHARE, number=number))
    return found


def is_bounded_share(figure: Figure) -> bool:
    """Say whether a figure is a share of a whole: percent, and not a growth, a change or a gross enrolment rate."""
    return figure.measure is not None and is_share(figure.measure, figure.indicator.name)


def is_share(measured: Measure, name: str) -> bool:
    """Say whether figures in a unit of measure and of a name are shares of a whole, as a rule 0 to 100."""
    return measured.is_bounded_share and not (_UNBOUNDED & set(fold(name).split()))


def is_coverage(name: str) -> bool:
    """Say whether a share's whole is an estimate, by its name, so that a part may be above it."""
    return bool(_COVERAGE & set(fold(name).split()))


def parts(figure: Figure, indicator: Indicator | None) -> list[Finding]:
    """Find a numerator above its denominator in a share of a whole, and a denominator that can't divide."""
    top, bottom = figure.amounts.get(Role.NUMERATOR), figure.amounts.get(Role.DENOMINATOR)
    if top is None or bottom is None or top.parsed.value is None or bottom.parsed.value is None:
        return []
    numerator, denominator = top.parsed.value, bottom.parsed.value
    if denominator <= 0:
        return [error(figure.sheet, bottom.cell, mark("The denominator is {denominator:g}."), denominator=denominator)]
    is_bounded = is_bounded_share(figure) or (indicator is not None and indicator.highest_possible == 100.0)
    if numerator <= denominator or not is_bounded:
        return []
    say = warning if is_coverage(figure.indicator.name) else error
    return [say(figure.sheet, top.cell, LARGE_PART, numerator=numerator, denominator=denominator)]


def contradicted_series(figure: Figure) -> list[Finding]:
    """Find a series value that is not the realisation which the file gives for the same period elsewhere."""
    value, series = figure.amounts.get(Role.VALUE), figure.series
    if value is None or series is None or value.parsed.value is None or series.parsed.value is None:
        return []
    if value.parsed.value == series.parsed.value:
        return []
    values: dict[str, object] = {"period": figure.period.code, "one": value.parsed.value, "cell": value.cell}
    if abs(value.parsed.value - series.parsed.value) <= _step(value, series):
        text = mark("The series gives {other:g} for {period}, rounded; {one:g} in {cell} is kept.")
        return [info(figure.sheet, series.cell, text, other=series.parsed.value, **values)]
    text = mark(
        "The series gives {other:g} for {period}, but the realisation in {cell} is {one:g}. Mend one of the two."
    )
    return [error(figure.sheet, series.cell, text, other=series.parsed.value, **values)]


def _step(*amounts: Amount) -> float:
    """Return half of the last decimal of the coarser of two numbers: what rounding alone can make of a difference."""
    decimals = [len(f"{amount.parsed.value:.6f}".rstrip("0").partition(".")[2]) for amount in amounts]
    return 0.5 * 10.0 ** -min(decimals) + 1e-9 if len(set(decimals)) > 1 else 1e-9


def reversed_range(figure: Figure) -> list[Finding]:
    """Find a target range that ends below its start."""
    low, high = figure.number(Role.TARGET), figure.number(Role.TARGET_HIGH)
    if low is None or high is None or high >= low:
        return []
    text = mark("The target's upper end {high:g} is below its lower end {low:g}.")
    return [error(figure.sheet, figure.cell(Role.TARGET_HIGH), text, high=high, low=low)]


def measure_changes(figures: Sequence[Figure], known: Mapping[str, Indicator]) -> list[Finding]:
    """Find indicators whose unit of measure is not the known one, or changes inside the file."""
    first: dict[str, Figure] = {}
    found: dict[tuple[str, str], Finding] = {}
    for figure in figures:
        code = figure.indicator.code or figure.indicator.name
        if figure.measure is None or figure.measure.kind is MeasureKind.NONE:
            continue
        defined = known.get(code)
        is_defined = defined is not None and bool(defined.unit_of_measure.strip())
        wanted = measure(defined.unit_of_measure) if defined and is_defined else None
        if wanted is None:
            wanted = first.setdefault(code, figure).measure
        if wanted is not None and not agree(figure.measure, wanted):
            said = other_measure(figure.indicator.name, figure.measure.name, wanted.name, is_defined=is_defined)
            key = (code, figure.measure.name)
            place = figure.measure_cell or _cell(figure)
            found.setdefault(key, error(figure.sheet, place, said.text, **said.values))
    return list(found.values())


def missing_targets(figures: Sequence[Figure]) -> list[Finding]:
    """Find values without a target where the sheet has a place for one and fills it elsewhere; history needs none."""
    having = {figure.sheet for figure in figures if figure.number(Role.TARGET) is not None}
    return [
        warning(figure.sheet, _cell(figure), NO_TARGET, indicator=figure.indicator.name, period=figure.period.code)
        for figure in figures
        if figure.number(Role.VALUE) is not None
        and figure.number(Role.TARGET) is None
        and Role.TARGET in figure.amounts
        and figure.sheet in having
    ]
