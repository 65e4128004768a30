"""Checks figures before they are handed on: errors refuse, warnings stay with the batch; mends nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from kpi.intake.sheets.figures import Amount, Figure
from kpi.intake.sheets.findings import Finding, error, info, warning
from kpi.intake.sheets.headers import Role
from kpi.intake.sheets.measures import MeasureKind, agree, measure
from kpi.intake.sheets.words import fold
from kpi.model import Indicator
from kpi.periods import Grain

History = Callable[[str, str, Grain], np.ndarray]
"""(unit_code, indicator_code, grain) → the known values, oldest first, NaN = missing; empty when nothing is known."""
Limits = Callable[[np.ndarray], tuple[float, float] | None]
"""Known values → the lower and upper limit of common variation, None when there are too few."""
_UNBOUNDED: Final = frozenset(
    {"apk", "kasar", "pertumbuhan", "laju", "kenaikan", "peningkatan", "penurunan", "perubahan", "inflasi", "deviasi"}
)
_ROUNDING: Final = 0.006
_NEIGHBOURS: Final = 3


def check_figures(
    figures: Sequence[Figure],
    known: Mapping[str, Indicator],
    history: History | None = None,
    limits: Limits | None = None,
) -> list[Finding]:
    """Run every check; findings in the order of the checks, then of the figures.

    Duplicates are checked apart (`without_duplicates`), for they decide which figures are kept.
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
    found += suspicious_zeros(figures)
    if history is not None and limits is not None:
        found += jumps(figures, history, limits)
    return found


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
            text = "{indicator} for {period} stands twice with the same figures (first in {where}); the first is kept."
            found.append(warning(figure.sheet, _cell(figure), text, **values))
        else:
            text = (
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
            text = "{number:g} is outside what is possible for {indicator} ({low} to {high})."
            values = {"low": "any" if low is None else f"{low:g}", "high": "any" if high is None else f"{high:g}"}
            found.append(
                error(figure.sheet, amount.cell, text, number=number, indicator=figure.indicator.name, **values)
            )
        elif low is None and high is None and is_bounded_share(figure) and not 0.0 <= number <= 100.0:
            text = "{number:g} percent: a share of a whole lies between 0 and 100. Is it right?"
            found.append(warning(figure.sheet, amount.cell, text, number=number))
    return found


def is_bounded_share(figure: Figure) -> bool:
    """Say whether a figure is a share of a whole: percent, and not a growth, a change or a gross enrolment rate."""
    return bool(figure.measure and figure.measure.is_bounded_share) and not (
        _UNBOUNDED & set(fold(figure.indicator.name).split())
    )


def parts(figure: Figure, indicator: Indicator | None) -> list[Finding]:
    """Find a numerator above its denominator in a share of a whole, and a denominator that can't divide."""
    top, bottom = figure.amounts.get(Role.NUMERATOR), figure.amounts.get(Role.DENOMINATOR)
    if top is None or bottom is None or top.parsed.value is None or bottom.parsed.value is None:
        return []
    numerator, denominator = top.parsed.value, bottom.parsed.value
    if denominator <= 0:
        return [error(figure.sheet, bottom.cell, "The denominator is {denominator:g}.", denominator=denominator)]
    is_bounded = is_bounded_share(figure) or (indicator is not None and indicator.highest_possible == 100.0)
    if numerator > denominator and is_bounded:
        text = "The numerator {numerator:g} is above its denominator {denominator:g}, in a share of a whole."
        return [error(figure.sheet, top.cell, text, numerator=numerator, denominator=denominator)]
    return []


def contradicted_series(figure: Figure) -> list[Finding]:
    """Find a series value that is not the realisation which the file gives for the same period elsewhere."""
    value, series = figure.amounts.get(Role.VALUE), figure.series
    if value is None or series is None or value.parsed.value is None or series.parsed.value is None:
        return []
    if value.parsed.value == series.parsed.value:
        return []
    values: dict[str, object] = {"period": figure.period.code, "one": value.parsed.value, "cell": value.cell}
    if abs(value.parsed.value - series.parsed.value) <= _step(value, series):
        text = "The series gives {other:g} for {period}, rounded; {one:g} in {cell} is kept."
        return [info(figure.sheet, series.cell, text, other=series.parsed.value, **values)]
    text = "The series gives {other:g} for {period}, but the realisation in {cell} is {one:g}. Mend one of the two."
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
    text = "The target's upper end {high:g} is below its lower end {low:g}."
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
            text = "{indicator} is in '{here}' here, but in '{there}' {where}. Mend it, or define a new indicator."
            values = {"indicator": figure.indicator.name, "here": figure.measure.name, "there": wanted.name}
            values["where"] = "by its definition" if is_defined else "further up"
            key = (code, figure.measure.name)
            found.setdefault(key, error(figure.sheet, figure.measure_cell or _cell(figure), text, **values))
    return list(found.values())


def missing_targets(figures: Sequence[Figure]) -> list[Finding]:
    """Find values without a target where the sheet has a place for one and fills it elsewhere; history needs none."""
    having = {figure.sheet for figure in figures if figure.number(Role.TARGET) is not None}
    text = "{indicator} has a value for {period}, but no target."
    return [
        warning(figure.sheet, _cell(figure), text, indicator=figure.indicator.name, period=figure.period.code)
        for figure in figures
        if figure.number(Role.VALUE) is not None
        and figure.number(Role.TARGET) is None
        and Role.TARGET in figure.amounts
        and figure.sheet in having
    ]


def suspicious_zeros(figures: Sequence[Figure]) -> list[Finding]:
    """Find a month, quarter or semester that is 0 where its neighbours are not: perhaps nobody reported it."""
    runs: dict[tuple[str, str, Grain], list[Figure]] = {}
    for figure in figures:
        if figure.period.grain is not Grain.YEAR and figure.number(Role.VALUE) is not None:
            runs.setdefault((*figure.key[:2], figure.period.grain), []).append(figure)
    text = "{indicator} is 0 in {period}, while the periods beside it are not. Not reported? Then leave the cell empty."
    found = []
    for run in runs.values():
        ordered = sorted(run, key=lambda figure: figure.period.start)
        values = np.array([figure.number(Role.VALUE) for figure in ordered], dtype="float64")
        if len(values) < _NEIGHBOURS or (values == 0.0).sum() * 2 >= len(values):
            continue
        for place in np.flatnonzero(values == 0.0):
            figure = ordered[place]
            found.append(
                warning(figure.sheet, _cell(figure), text, indicator=figure.indicator.name, period=figure.period.code)
            )
    return found


def jumps(figures: Sequence[Figure], history: History, limits: Limits) -> list[Finding]:
    """Find values outside the limits of common variation of what is known of the same unit and indicator."""
    found = []
    for figure in figures:
        value = figure.number(Role.VALUE)
        unit = figure.unit.code if figure.unit else None
        if value is None or unit is None or figure.indicator.code is None:
            continue
        bounds = limits(history(unit, figure.indicator.code, figure.period.grain))
        if bounds is not None and not bounds[0] <= value <= bounds[1]:
            text = (
                "{value:g} jumps beyond what {indicator} has varied by so far ({low:.4g} to {high:.4g}). Is it right?"
            )
            names = {"indicator": figure.indicator.name, "low": bounds[0], "high": bounds[1]}
            found.append(warning(figure.sheet, _cell(figure), text, value=value, **names))
    return found
