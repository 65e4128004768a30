"""What is doubtful or impossible in sound-looking figures: ranges, shares, units of measure, zeros, jumps, targets.

Each rule is one small function over whole columns. What can't be is a fault and refuses; what only looks wrong is a
doubt, kept with the batch as a warning. The words are those of the workbooks' checks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kpi.intake.coded import Coded, first_rows
from kpi.intake.faults import Fault, fault
from kpi.intake.figures import Figures
from kpi.intake.messages import Message
from kpi.intake.rows import Rows
from kpi.intake.series import KnownSeries, Series
from kpi.intake.sheets import checks as words
from kpi.intake.sheets.measures import Measure, agree, measure
from kpi.intake.stated import Stated
from kpi.model import Indicator

_MOST_TARGETS: Final = 0.5
"""Share of a period's values that must have a target before one without is doubted."""
_OFTEN: Final = 10
_OFTEN_SHARE: Final = 0.05
"""An indicator with so many figures, and such a share of them, outside 0 to 100 is doubted once."""


def impossible_figures(figures: Figures, holds: Stated, known: Mapping[str, Indicator]) -> Iterator[Fault]:
    """Yield the rows that can't be: outside what a definition allows, or in another unit of measure."""
    yield from outside_range(figures, known)
    yield from other_measure(figures.rows, holds, known)
    yield from parts_of_share(figures.rows, holds, is_doubt=False)


def doubtful_figures(
    figures: Figures, holds: Stated, known: Mapping[str, Indicator], series: KnownSeries | None, *, is_workbook: bool
) -> Iterator[Fault]:
    """Yield the rows that look wrong; of a workbook only what its own checks don't look at."""
    if not is_workbook:
        yield from doubtful_share(figures, holds, known)
        yield from parts_of_share(figures.rows, holds, is_doubt=True)
        yield from missing_target(figures, holds)
    yield from zeros_and_jumps(figures, holds, series)


def outside_range(figures: Figures, known: Mapping[str, Indicator]) -> Iterator[Fault]:
    """Find values and targets outside the range that the indicator's definition allows."""
    rows = figures.rows
    held = [known.get(code) for code in rows.indicator.distinct]
    low = np.array([np.nan if i is None or i.lowest_possible is None else i.lowest_possible for i in held])
    high = np.array([np.nan if i is None or i.highest_possible is None else i.highest_possible for i in held])
    if np.isnan(low).all() and np.isnan(high).all():
        return
    lows, highs = (rows.indicator.spread(end, otherwise=np.nan).astype(np.float64) for end in (low, high))
    for column, numbers in (("value", figures.value), ("target", rows.target), ("target_high", rows.target_high)):

        def say(row: int, numbers: NDArray[np.float64] = numbers) -> Message:
            indicator = known[rows.indicator.at(row) or ""]
            return words.outside(
                float(numbers[row]), indicator.name, indicator.lowest_possible, indicator.highest_possible
            )

        yield from fault((numbers < lows) | (numbers > highs), column, say)


def other_measure(rows: Rows, holds: Stated, known: Mapping[str, Indicator]) -> Iterator[Fault]:
    """Find rows whose unit of measure can't mean the one that holds for their indicator."""
    broken = np.zeros(rows.count, dtype=np.bool_)
    for row in np.flatnonzero(holds.unit_of_measure.differs).tolist():
        kept = holds.unit_of_measure.by_owner[rows.indicator.codes[row]] or ""
        broken[row] = not agree(measure(rows.unit_of_measure.at(row) or ""), measure(kept))

    def say(row: int) -> Message:
        code = rows.indicator.at(row) or ""
        place = rows.indicator.codes[row]
        kept = holds.unit_of_measure.by_owner[place] or ""
        here = rows.unit_of_measure.at(row) or ""
        name = holds.indicator_name.by_owner[place] or code
        return words.other_measure(name, here, kept, is_defined=code in known)

    yield from fault(broken, "unit_of_measure", say)


def doubtful_share(figures: Figures, holds: Stated, known: Mapping[str, Indicator]) -> Iterator[Fault]:
    """Find shares of a whole, in percent, outside 0 to 100 where the definition names no range."""
    rows = figures.rows
    shares = _shares(rows, holds)
    for place, code in enumerate(rows.indicator.distinct):
        held = known.get(code)
        shares[place] &= held is None or (held.lowest_possible is None and held.highest_possible is None)
    is_share = rows.indicator.spread(shares, otherwise=False).astype(np.bool_)
    for column, numbers in (("value", figures.value), ("target", rows.target), ("target_high", rows.target_high)):

        def say(row: int, numbers: NDArray[np.float64] = numbers) -> Message:
            return Message(words.NO_SHARE, {"number": float(numbers[row])})

        broken = is_share & ((numbers < 0.0) | (numbers > 100.0))
        yield from fault(_few(broken, ~np.isnan(numbers), rows.indicator), column, say)


def _few(broken: NDArray[np.bool_], stated: NDArray[np.bool_], indicator: Coded[str]) -> NDArray[np.bool_]:
    """Return the broken rows; of an indicator that breaks a rule again and again (it is no share, then) the first."""
    if not broken.any():
        return broken
    places = indicator.codes[broken]
    count = np.bincount(places, minlength=len(indicator.distinct))
    whole = np.bincount(indicator.codes[stated & indicator.is_stated], minlength=len(indicator.distinct))
    is_usual = (count >= _OFTEN) & (count > _OFTEN_SHARE * whole)
    firsts = first_rows(indicator, broken)
    kept = broken & ~indicator.spread(is_usual, otherwise=False).astype(np.bool_)
    kept[firsts[is_usual]] = True
    return kept


def parts_of_share(rows: Rows, holds: Stated, *, is_doubt: bool) -> Iterator[Fault]:
    """Find numerators above their denominators in shares of a whole; of a coverage that is only doubted."""
    if np.isnan(rows.numerator).all():
        return
    shares = _shares(rows, holds)
    names = holds.indicator_name.by_owner
    covers = np.array([words.is_coverage(name or "") for name in names], dtype=np.bool_)
    chosen = shares & (covers if is_doubt else ~covers)
    broken = rows.indicator.spread(chosen, otherwise=False).astype(np.bool_) & (rows.numerator > rows.denominator)

    def say(row: int) -> Message:
        values = {"numerator": float(rows.numerator[row]), "denominator": float(rows.denominator[row])}
        return Message(words.LARGE_PART, values)

    yield from fault(broken, "numerator", say)


def missing_target(figures: Figures, holds: Stated) -> Iterator[Fault]:
    """Find values without a target in periods in which most values of the indicator have one."""
    rows = figures.rows
    has_target = ~np.isnan(rows.target)
    if not has_target.any() or has_target.all():
        return
    key = rows.indicator.codes.astype(np.int64) * (len(rows.period.distinct) + 1) + rows.period.codes
    _, group = np.unique(key, return_inverse=True)
    has_value = ~np.isnan(figures.value)
    values = np.bincount(group, weights=has_value)
    targets = np.bincount(group, weights=has_value & has_target)
    is_usual = (targets > _MOST_TARGETS * values)[group]

    def say(row: int) -> Message:
        period = rows.period.at(row)
        name = holds.indicator_name.by_owner[rows.indicator.codes[row]] or rows.indicator.at(row)
        values = {"indicator": name, "period": period.code if period else ""}
        return Message(words.NO_TARGET, values)

    yield from fault(has_value & ~has_target & is_usual, "target", say)


def zeros_and_jumps(figures: Figures, holds: Stated, known: KnownSeries | None) -> Iterator[Fault]:
    """Find a 0 among periods that are not, and values beyond what the series has varied by, the record's with them."""
    series = Series.of(figures)
    names = dict(zip(figures.rows.indicator.distinct, holds.indicator_name.by_owner, strict=True))

    def say_zero(row: int) -> Message:
        code, period = figures.rows.indicator.at(row) or "", figures.rows.period.at(row)
        return Message(words.LONE_ZERO, {"indicator": names[code] or code, "period": period.code if period else ""})

    yield from fault(series.lone_zeros(known), "value", say_zero)
    if known is None:
        return
    low, high = known.limits_for(series)

    def say_jump(row: int) -> Message:
        code = figures.rows.indicator.at(row) or ""
        ends = {"low": float(low[row]), "high": float(high[row])}
        return Message(words.JUMP, {"value": float(figures.value[row]), "indicator": names[code] or code, **ends})

    yield from fault((figures.value < low) | (figures.value > high), "value", say_jump)


def _shares(rows: Rows, holds: Stated) -> NDArray[np.bool_]:
    """Return for each indicator of the file whether it is a share of a whole in percent."""
    return np.array(
        [
            words.is_share(_measure_of(holds, place), holds.indicator_name.by_owner[place] or "")
            for place in range(len(rows.indicator.distinct))
        ],
        dtype=np.bool_,
    )


def _measure_of(holds: Stated, place: int) -> Measure:
    return measure(holds.unit_of_measure.by_owner[place] or "")
