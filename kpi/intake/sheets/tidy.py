"""Turns checked figures into the tidy table of the import, and says from which cell each field comes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import pyarrow as pa

from kpi.intake.sheets.figures import Figure
from kpi.intake.sheets.headers import Role
from kpi.model import Indicator, Polarity

TIDY: Final = pa.schema(
    [
        ("unit_code", pa.string()),
        ("unit_name", pa.string()),
        ("indicator_code", pa.string()),
        ("indicator_name", pa.string()),
        ("unit_of_measure", pa.string()),
        ("polarity", pa.string()),
        ("period_start", pa.date32()),
        ("period_end", pa.date32()),
        ("value", pa.float64()),
        ("target", pa.float64()),
        ("target_high", pa.float64()),
        ("numerator", pa.float64()),
        ("denominator", pa.float64()),
        ("note", pa.string()),
    ]
)
SOURCES: Final = pa.schema(
    [("line", pa.int64()), ("field", pa.string()), ("sheet", pa.string()), ("cell", pa.string())]
)
_NUMBERS: Final = (Role.VALUE, Role.TARGET, Role.TARGET_HIGH, Role.NUMERATOR, Role.DENOMINATOR)


def tidy_table(
    figures: Sequence[Figure], polarities: Sequence[Polarity | None], known: Mapping[str, Indicator]
) -> pa.Table:
    """Return a row per figure, in its order, in the columns of the tidy contract. Missing is null, never 0.

    The unit of measure is the row's, else the definition's; `polarities` go with the figures.
    """
    rows = [_row(figure, polarity, known) for figure, polarity in zip(figures, polarities, strict=True)]
    return pa.Table.from_pylist(rows, schema=TIDY)


def _row(figure: Figure, polarity: Polarity | None, known: Mapping[str, Indicator]) -> dict[str, object]:
    defined = known.get(figure.indicator.code or "")
    measured = figure.measure.name if figure.measure and figure.measure.name else None
    numbers: dict[str, object] = {role.value: figure.number(role) for role in _NUMBERS}
    numbers["target_high"] = target_high(figure)
    return {
        "unit_code": figure.unit.code if figure.unit else None,
        "unit_name": figure.unit.name if figure.unit else None,
        "indicator_code": figure.indicator.code,
        "indicator_name": figure.indicator.name,
        "unit_of_measure": measured or (defined.unit_of_measure if defined else None),
        "polarity": polarity.value if polarity else None,
        "period_start": figure.period.start,
        "period_end": figure.period.end,
        "note": figure.note,
        **numbers,
    }


def target_high(figure: Figure) -> float | None:
    """Return the upper end of a target: of its own column, else of a target written as a range."""
    own = figure.number(Role.TARGET_HIGH)
    target = figure.amounts.get(Role.TARGET)
    return own if own is not None else (target.parsed.high if target else None)


def sources(figures: Sequence[Figure]) -> pa.Table:
    """Return the cell of every field that comes from one. Grain: line (the row of the tidy table, from 0), field."""
    rows = [
        {"line": line, "field": name, "sheet": sheet, "cell": cell}
        for line, figure in enumerate(figures)
        for name, (sheet, cell) in _cells(figure).items()
    ]
    return pa.Table.from_pylist(rows, schema=SOURCES)


def _cells(figure: Figure) -> dict[str, tuple[str, str]]:
    """Return sheet and cell of each field of a figure that comes from one."""
    unit = figure.unit.cell if figure.unit else None
    texts = {
        "unit_code": unit,
        "unit_name": unit,
        "indicator_code": figure.indicator.cell,
        "indicator_name": figure.indicator.cell,
        "unit_of_measure": figure.measure_cell,
        "polarity": figure.polarity_cell,
        "period_start": figure.period_cell,
        "period_end": figure.period_cell,
        "note": figure.note_cell,
    }
    cells = {name: (figure.sheet, cell) for name, cell in texts.items() if cell is not None}
    for role in _NUMBERS:
        amount = figure.amounts.get(role)
        if amount is not None and amount.parsed.value is not None:
            cells[role.value] = (amount.sheet, amount.cell)
    if "target_high" not in cells and target_high(figure) is not None:
        cells["target_high"] = cells["target"]
    return cells
