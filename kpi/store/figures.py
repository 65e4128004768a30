"""The one layout in which figures reach the record, and what comparing them with it gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pyarrow as pa

from kpi.errors import StoreError

FIGURES: Final = pa.schema(
    [
        ("line", pa.int64()),
        ("unit_code", pa.string()),
        ("indicator_code", pa.string()),
        ("grain", pa.string()),
        ("period_start", pa.date32()),
        ("period_end", pa.date32()),
        ("value", pa.float64()),
        ("numerator", pa.float64()),
        ("denominator", pa.float64()),
        ("multiplier", pa.float64()),
        ("target", pa.float64()),
        ("target_high", pa.float64()),
        ("verification", pa.string()),
        ("note", pa.string()),
        ("weight", pa.float64()),
    ]
)
"""One row per unit, indicator and period of a file. Null = the file says nothing about it. `weight` is the
agreement's for the organisation's year in which the period lies."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What each incoming line would do to the record.

    `lines`, sorted by line: line, state (new, changed, unchanged), known_value, known_target, known_target_high,
    known_weight (null = not known). A correction of something known makes its line changed.
    """

    lines: pa.Table

    @property
    def new(self) -> int:
        """How many lines state something that stands nowhere yet."""
        return self._count("new")

    @property
    def changed(self) -> int:
        """How many lines correct something known."""
        return self._count("changed")

    @property
    def unchanged(self) -> int:
        """How many lines say what the record says already."""
        return self._count("unchanged")

    def _count(self, state: str) -> int:
        counted = self.lines.group_by("state").aggregate([([], "count_all")]).to_pylist()
        return next((row["count_all"] for row in counted if row["state"] == state), 0)


def in_layout(figures: pa.Table) -> pa.Table:
    """Return `figures` in the columns and types of FIGURES; a missing column is null. Raises StoreError on others."""
    if unknown := sorted(set(figures.column_names) - set(FIGURES.names)):
        raise StoreError(f"Figures have columns that the record doesn't know: {', '.join(unknown)}.")
    columns = [
        figures[column.name].cast(column.type)
        if column.name in figures.column_names
        else pa.nulls(len(figures), column.type)
        for column in FIGURES
    ]
    return pa.table(columns, schema=FIGURES)
