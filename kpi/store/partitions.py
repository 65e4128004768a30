"""The figures of a record as Parquet, a folder an organisation, for an engine that reads them on many machines.

    FOLDER/measurement/part=…/*.parquet    every value that was ever reported, as the record has it
    FOLDER/target/part=…/*.parquet         every target

What the record says beside figures (batches, units, indicators, …) stays in it.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Final

import duckdb

from kpi.errors import StoreError
from kpi.messages import reason_of
from kpi.store.engine import connect_for_handing_out, sql
from kpi.store.lock import held
from kpi.store.opening import FILE_NAME, LOCK_NAME
from kpi.store.placing import WAIT_FOR_RECORD

KEYS: Final = {
    "organisation_code": "string", "unit_code": "string", "indicator_code": "string", "grain": "string",
    "period_start": "date", "period_end": "date",
}  # fmt: skip
BOOKED: Final = {"corrects": "boolean", "line": "bigint", "batch_number": "bigint"}
KINDS: Final[dict[str, dict[str, str]]] = {
    "measurement": {
        **KEYS, "value": "double", "numerator": "double", "denominator": "double", "multiplier": "double",
        "verification": "string", "note": "string", **BOOKED,
    },
    "target": {**KEYS, "target": "double", "target_high": "double", **BOOKED},
}  # fmt: skip
"""The columns of each kind of figure with their types, in words that SQL engines share."""
INCOMING: Final[dict[str, str]] = {"kind": "string", **KINDS["measurement"], **KINDS["target"]}
"""The columns of both kinds in one table, null where a kind has none; `kind` says which."""


def export_partitions(store: Path, folder: Path) -> None:
    """Write the record's figures into the new folder `folder`, whole or not at all; the record is locked meanwhile.

    Raises StoreError when there is no record, or `folder` is there already or can't be written.
    """
    store, folder = Path(store), Path(folder)
    if not (store / FILE_NAME).exists():
        text = "{store}: there is no record. Run `python -m kpi demo`, or import a file."
        raise StoreError(text, store=store)
    if folder.exists():
        raise StoreError("{path}: is there already. Name a new folder.", path=folder)
    unfinished = folder.with_name(f".{folder.name}.{os.getpid()}.part")
    try:
        unfinished.mkdir(parents=True)
        with held(store / LOCK_NAME, WAIT_FOR_RECORD), connect_for_handing_out(store / FILE_NAME) as connection:
            write_partitions(connection, unfinished)
        unfinished.replace(folder)
    except (OSError, duckdb.Error) as error:
        why = reason_of(error) if isinstance(error, OSError) else str(error)
        raise StoreError(
            "{path}: can't be written ({why}). Choose a folder that is yours.", path=folder, why=why
        ) from error
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def write_partitions(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Write the figures of the record that `connection` has open as `record` into `folder`, which holds nothing yet."""
    for kind in KINDS:
        (folder / kind).mkdir(parents=True)  # there also when the record has none
        connection.execute(sql(f"pieces/write_{kind}s"), {"folder": str(folder / kind)})
