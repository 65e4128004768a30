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

PLACES: Final = pa.schema([("line", pa.int64()), ("field", pa.string()), ("sheet", pa.string()), ("cell", pa.string())])
"""One row per cell of a workbook that a line was read from; `field` is a column of FIGURES, `cell` looks like C7."""


@dataclass(frozen=True, slots=True)
class ComparedCounts:
    """How many incoming lines are what. `locked`: would change what is locked; `published`: correct what is shown."""

    new: int
    changed: int
    unchanged: int
    locked: int
    published: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """What each incoming line would do to the record.

    `lines`, sorted by line: line, state (new, changed, unchanged; a correction of something known makes the line
    changed), value_state, target_state, weight_state (null = the line says nothing of it), value, target, target_high,
    weight as they would stand, and as they stand, null = not known: known_value, known_numerator, known_denominator,
    known_verification, known_note, known_target, known_target_high, known_weight, known_batch_number,
    known_target_batch_number. `is_locked`: the known figure is locked, or a locked period of its unit covers the line.
    `is_published`: what the line corrects stands in the current snapshot.
    """

    lines: pa.Table

    @property
    def new(self) -> int:
        """How many lines state something that stands nowhere yet."""
        return self._count(state="new")

    @property
    def changed(self) -> int:
        """How many lines correct something known."""
        return self._count(state="changed")

    @property
    def unchanged(self) -> int:
        """How many lines say what the record says already."""
        return self._count(state="unchanged")

    @property
    def locked(self) -> int:
        """How many lines would change what is locked."""
        return self._count(is_locked=True) - self._count(is_locked=True, state="unchanged")

    @property
    def published(self) -> int:
        """How many lines correct what the current snapshot shows."""
        return self._count(is_published=True)

    def _count(self, **wanted: object) -> int:
        counted = self.lines.group_by(list(wanted)).aggregate([([], "count_all")]).to_pylist()
        return sum(row["count_all"] for row in counted if all(row[name] == value for name, value in wanted.items()))


def in_layout(figures: pa.Table) -> pa.Table:
    """Return `figures` in the columns and types of FIGURES; a missing column is null. Raises StoreError on others."""
    return laid_out(figures, FIGURES)


def places_in_layout(places: pa.Table) -> pa.Table:
    """Return `places` in the columns and types of PLACES; a missing column is null. Raises StoreError on others."""
    return laid_out(places, PLACES)


def laid_out(table: pa.Table, layout: pa.Schema) -> pa.Table:
    """Return `table` in the columns and types of `layout`; a missing column is null. Raises StoreError on others."""
    if unknown := sorted(set(table.column_names) - set(layout.names)):
        raise StoreError("Figures have columns that the record doesn't know: {names}.", names=", ".join(unknown))
    columns = [
        table[column.name].cast(column.type) if column.name in table.column_names else pa.nulls(len(table), column.type)
        for column in layout
    ]
    return pa.table(columns, schema=layout)
