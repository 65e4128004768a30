"""Makes the pieces of a snapshot here, one after the other, from the Parquet of `kpi.store.partitions`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pyarrow as pa
import pyarrow.dataset as ds

from kpi.store.consolidation import Progress
from kpi.store.partitions import INCOMING, KINDS
from kpi.store.piece import make_piece
from kpi.store.pieces import Order, Piece

TYPES = {
    "string": pa.string(), "date": pa.date32(), "double": pa.float64(), "boolean": pa.bool_(), "bigint": pa.int64(),
}  # fmt: skip
SCHEMA = pa.schema([(name, TYPES[kept]) for name, kept in INCOMING.items()])


def make_here(order: Order, report: Progress) -> Sequence[Piece]:
    return [make_piece(order, place, figures_of(order, place)) for place in range(len(order.organisations))]


def figures_of(order: Order, place: int) -> Iterator[pa.RecordBatch]:
    for kind in KINDS:
        found = ds.dataset(f"{order.figures}/{kind}", format="parquet")
        rows = found.to_table(filter=ds.field("organisation_code") == order.organisations[place])
        rows = rows.append_column("kind", pa.array([kind] * len(rows), pa.string()))
        missing = {name: pa.nulls(len(rows), SCHEMA.field(name).type) for name in SCHEMA.names}
        columns = {**missing, **{name: rows[name] for name in rows.column_names}}
        yield from pa.table({name: columns[name] for name in SCHEMA.names}).cast(SCHEMA).to_batches(5_000)
