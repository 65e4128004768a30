"""Tables to stdout or a file: full precision, dot decimal, empty where missing; whole or not at all.

In CSV no text becomes a live formula (`kpi.inert`); an import reads the text back as it was.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from kpi.errors import KpiError, UsageError
from kpi.inert import inert_frame


def write_table(table: pd.DataFrame, file_format: str, output: Path | None) -> None:
    """Write `table` as `csv` or `parquet` to `output`, or to stdout when None.

    A file appears under its name only when it is whole. Raises UsageError for Parquet on a terminal's stdout and
    KpiError where the file can't be written.
    """
    if output is None:
        _to_stdout(table, file_format)
        return
    write_file(_content(table, file_format), output)


def write_file(content: bytes, output: Path) -> None:
    """Write a file that appears under its name only when it is whole. Raises KpiError where it can't be written."""
    unfinished = output.with_name(f".{output.name}.{os.getpid()}.part")
    try:
        with unfinished.open("wb") as file:
            file.write(content)
        unfinished.replace(output)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise KpiError(
            f"{output}: can't be written ({error.strerror}). Choose a folder that exists and is yours."
        ) from error


def _to_stdout(table: pd.DataFrame, file_format: str) -> None:
    if file_format == "parquet" and sys.stdout.isatty():
        raise UsageError("Parquet can't be shown on a terminal. Name a file with -o.")
    if file_format == "csv":
        sys.stdout.write(_csv(table))
    else:
        sys.stdout.buffer.write(_content(table, file_format))
    sys.stdout.flush()


def _csv(table: pd.DataFrame) -> str:
    return inert_frame(table).to_csv(index=False, lineterminator="\n", date_format="%Y-%m-%d")


def _content(table: pd.DataFrame, file_format: str) -> bytes:
    if file_format == "csv":
        return _csv(table).encode()
    sink = pa.BufferOutputStream()
    pq.write_table(pa.Table.from_pandas(table, preserve_index=False), sink)
    return sink.getvalue().to_pybytes()
