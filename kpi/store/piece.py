"""Makes one organisation's piece of a snapshot where it is told to, from figures that come in as Arrow batches.

Runs on a machine of a cluster as well as here: it needs the definitions' file, and room for one organisation.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final
from uuid import uuid4

import duckdb
import pyarrow as pa

from kpi.errors import StoreError
from kpi.messages import Message
from kpi.store.engine import connect, connect_for_making, sql
from kpi.store.opening import FILE_NAME
from kpi.store.pieces import Order, Piece
from kpi.store.publish import publish
from kpi.store.versions import path_of

_OF_ALL_ORGANISATIONS: Final = "record: batches follow each other in number and time"
"""The one rule of a record that a part of it can't keep."""


class RefusedFigures(StoreError):
    """Figures that come from outside the record are not those that it counted. To try them again changes nothing."""


def make_piece(order: Order, place: int, figures: Iterable[pa.RecordBatch]) -> Piece:
    """Make the piece of `order.organisations[place]` from its figures (INCOMING of `kpi.store.partitions`).

    The figures go into a record of their own with all its rules, and that is published as any record is; so no rule
    stands twice. The file appears in `order.folder` only when it is whole, under a name that no other attempt has.
    Raises RefusedFigures for figures that aren't this organisation's, or not those that its batches counted.
    """
    began = time.perf_counter()
    with TemporaryDirectory(prefix="kpi-piece-") as scratch:
        store = Path(scratch)
        _write_record(store, order, place, figures)
        meta = publish(store, today=order.today, as_known_at=order.as_known_at)
        made = path_of(store, meta.version)
        with connect(made, is_read_only=True) as connection:
            facts = int(connection.execute(sql("pieces/fact_count")).fetchall()[0][0])
        name = f"{place:06d}-{uuid4().hex}.duckdb"
        unfinished = order.folder / f".{name}"
        shutil.copyfile(made, unfinished)
    unfinished.replace(order.folder / name)
    return Piece(place, name, facts, time.perf_counter() - began)


def _write_record(store: Path, order: Order, place: int, figures: Iterable[pa.RecordBatch]) -> None:
    code = order.organisations[place]
    (store / "definitions.duckdb").symlink_to(order.definitions)
    try:
        with connect_for_making(store / FILE_NAME) as connection:
            connection.execute(sql("record/schema"))
            connection.execute(sql("pieces/chosen"), {"organisation_code": code})
            connection.execute(sql("pieces/copy_organisation"))
            for batch in figures:
                _add(connection, order, code, batch)
            checked = connection.execute(sql("check/record_rules")).fetchall()
    except duckdb.ConstraintException as error:
        text = "{figures}: {code} has a figure that the record wouldn't take ({why}). Write the Parquet anew."
        raise RefusedFigures(text, figures=order.figures, code=code, why=str(error)) from error
    broken = [(rule, cases) for rule, cases in checked if cases and rule != _OF_ALL_ORGANISATIONS]
    if broken:
        text = (
            "{figures}: the figures of {code} are not those of the record ({rule}; cases: {cases}). "
            "Write the Parquet anew from this record, or leave --measurements out."
        )
        raise RefusedFigures(text, figures=order.figures, code=code, rule=Message(broken[0][0]), cases=broken[0][1])


def _add(connection: duckdb.DuckDBPyConnection, order: Order, code: str, batch: pa.RecordBatch) -> None:
    strangers = [found for found in batch.column("organisation_code").unique().to_pylist() if found != code]
    if strangers:
        text = "{figures}: figures of '{found}', no organisation of the record, came with {code}'s. Take them out."
        raise RefusedFigures(text, figures=order.figures, found=strangers[0], code=code)
    connection.register("incoming", pa.Table.from_batches([batch]))
    connection.execute(sql("pieces/add_measurements"))
    connection.execute(sql("pieces/add_targets"))
    connection.unregister("incoming")
