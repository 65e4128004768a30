"""The rules that figures keep, one small function a rule; each yields the rows that break it and what to do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kpi.intake.coded import Coded
from kpi.intake.faults import Fault, fault, on_line
from kpi.intake.figures import Figures
from kpi.intake.messages import Message, mark
from kpi.intake.rows import Rows

FLOAT_NOISE: Final = 1e-9
"""Relative: what binary arithmetic may add to a figure, and no more."""


def figure_faults(figures: Figures) -> Iterator[Fault]:
    """Yield every fault of every rule."""
    yield from nothing_stated(figures.rows)
    yield from lonely_part(figures.rows)
    yield from impossible_part(figures.rows)
    yield from boundless_ratio(figures)
    yield from value_beside_its_parts(figures)
    yield from target_range(figures.rows)
    yield from negative_weight(figures.rows)
    yield from two_weights(figures.rows)
    yield from repeated_key(figures.rows)


def nothing_stated(rows: Rows) -> Iterator[Fault]:
    """Find rows that say neither a value nor a part of one nor a target."""
    column = "value" if rows.has_value_column else "target"
    yield from fault(
        ~rows.has_figure, column, mark("value and target are both empty. Give one of them, or leave the row out.")
    )


def lonely_part(rows: Rows) -> Iterator[Fault]:
    """Find a numerator without its denominator, and the other way round."""
    has_numerator, has_denominator = ~np.isnan(rows.numerator), ~np.isnan(rows.denominator)
    yield from fault(
        has_numerator & ~has_denominator,
        "denominator",
        mark("the numerator has no denominator. Give both, or neither."),
    )
    yield from fault(
        has_denominator & ~has_numerator,
        "numerator",
        mark("the denominator has no numerator. Give both, or neither."),
    )


def impossible_part(rows: Rows) -> Iterator[Fault]:
    """Find numerators below 0, and denominators of 0 or less."""
    below = mark("the numerator is {number:g}. It can't be below 0.")
    yield from fault(rows.numerator < 0, "numerator", lambda row: Message(below, {"number": rows.numerator[row]}))
    naught = mark(
        "the denominator is {number:g}. It must be above 0; "
        "leave numerator and denominator empty where there is nothing to divide by."
    )
    yield from fault(
        rows.denominator <= 0, "denominator", lambda row: Message(naught, {"number": rows.denominator[row]})
    )


def boundless_ratio(figures: Figures) -> Iterator[Fault]:
    """Find parts whose ratio is more than a computer can hold."""
    yield from fault(
        np.isinf(figures.ratio),
        "numerator",
        mark("numerator ÷ denominator is too large to be a figure. Mend one of them."),
    )


def value_beside_its_parts(figures: Figures) -> Iterator[Fault]:
    """Find values off multiplier × numerator ÷ denominator by more than half a unit of their last written decimal."""
    rows = figures.rows
    if np.isnan(figures.ratio).all():
        return
    rounding = 0.5 * 10.0 ** -rows.value_decimals.astype(np.float64)
    noise = FLOAT_NOISE * np.maximum(np.abs(rows.value), np.abs(figures.ratio))
    differs = np.isfinite(figures.ratio) & (np.abs(rows.value - figures.ratio) > rounding + noise)

    text = mark(
        "the value {value:.15g} is not {multiplier:g} × {numerator:.15g} ÷ {denominator:.15g} = {ratio:.10g}. "
        "Mend one of them, or state the right multiplier (1, 100, 1000, 100000)."
    )

    def say(row: int) -> Message:
        parts = {"numerator": rows.numerator[row], "denominator": rows.denominator[row], "ratio": figures.ratio[row]}
        return Message(text, {"value": rows.value[row], "multiplier": figures.multiplier[row], **parts})

    yield from fault(differs, "value", say)


def target_range(rows: Rows) -> Iterator[Fault]:
    """Find upper ends of a target that have no lower end, or lie below it."""
    yield from fault(
        ~np.isnan(rows.target_high) & np.isnan(rows.target),
        "target_high",
        mark("target_high stands without a target. Write the lower end of the range in target."),
    )
    text = mark("target_high {high:.15g} is below the target {low:.15g}. Swap them.")
    yield from fault(
        rows.target_high < rows.target,
        "target_high",
        lambda row: Message(text, {"high": rows.target_high[row], "low": rows.target[row]}),
    )


def negative_weight(rows: Rows) -> Iterator[Fault]:
    """Find weights below 0."""
    text = mark("the weight is {number:g}. It can't be below 0.")
    yield from fault(rows.weight < 0, "weight", lambda row: Message(text, {"number": rows.weight[row]}))


def two_weights(rows: Rows) -> Iterator[Fault]:
    """Find weights that differ from the first of the same unit, indicator and year."""
    heard = ~np.isnan(rows.weight) & rows.unit.is_stated & rows.indicator.is_stated & rows.period.is_stated
    if not heard.any():
        return
    years = np.array([period.year for period in rows.period.distinct], dtype=np.int64)
    year = rows.period.spread(years, otherwise=0).astype(np.int64)
    group, _ = pd.factorize(_pair(rows.unit, rows.indicator) * 10_000 + year)
    first = np.full(group.max() + 1, -1, dtype=np.int64)
    heard_rows = np.flatnonzero(heard)[::-1]
    first[group[heard_rows]] = heard_rows
    differs = heard & (rows.weight != rows.weight[first[group]])

    text = mark(
        "the weight is {here:g} here and {there:g} {where}, for the same unit, indicator and year. "
        "Give one weight per year."
    )

    def say(row: int) -> Message:
        earlier = first[group[row]]
        values = {"here": rows.weight[row], "there": rows.weight[earlier], "where": on_line(int(rows.lines[earlier]))}
        return Message(text, values)

    yield from fault(differs, "weight", say)


def repeated_key(rows: Rows) -> Iterator[Fault]:
    """Find rows whose unit, indicator and period stand on an earlier row."""
    whole = np.flatnonzero(rows.unit.is_stated & rows.indicator.is_stated & rows.period.is_stated)
    key = _pair(rows.unit, rows.indicator)[whole] * (len(rows.period.distinct) + 1) + rows.period.codes[whole]
    repeated = pd.Series(key).duplicated().to_numpy()
    if not repeated.any():
        return
    firsts = pd.Series(whole[~repeated], index=key[~repeated])

    text = mark(
        "duplicate: unit '{unit}', indicator '{indicator}' and period {start} to {end} stand {where} already. "
        "Remove one of the two rows."
    )

    def say(row: int) -> Message:
        earlier = firsts.loc[key[np.searchsorted(whole, row)]]
        period = rows.period.at(row)
        assert period is not None  # only whole keys repeat
        values = {"unit": rows.unit.at(row), "indicator": rows.indicator.at(row), "start": period.start}
        return Message(text, {**values, "end": period.end, "where": on_line(int(rows.lines[earlier]))})

    yield Fault(whole[repeated], None, say)


def _pair(unit: Coded[str], indicator: Coded[str]) -> NDArray[np.int64]:
    return unit.codes.astype(np.int64) * (len(indicator.distinct) + 1) + indicator.codes
