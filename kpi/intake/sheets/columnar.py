"""Reads Parquet into one sheet; nested columns are left out in words."""

from __future__ import annotations

import io
from datetime import date, datetime, time
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq

from kpi.errors import RefusedFile
from kpi.intake.messages import Number, mark
from kpi.intake.sheets.cells import CellValue, Sheet
from kpi.intake.sheets.findings import Finding, warning
from kpi.intake.sheets.limits import MEGABYTE, Limits


def read_parquet(content: bytes, name: str, limits: Limits) -> tuple[list[Sheet], tuple[Finding, ...]]:
    """Return the one sheet of a Parquet file: its column names, then its rows.

    Raises RefusedFile where the file is damaged or larger than the limits.
    """
    try:
        file = pq.ParquetFile(
            io.BytesIO(content), thrift_string_size_limit=MEGABYTE, thrift_container_size_limit=1_000_000
        )
        _refuse_large(file.metadata, name, limits)
        nested = [column.name for column in file.schema_arrow if pa.types.is_nested(column.type)]
        kept = [column.name for column in file.schema_arrow if column.name not in nested]
        table = file.read(columns=kept)
    except (pa.ArrowException, OSError, ValueError):
        raise RefusedFile("{file}: the Parquet file is damaged and can't be read. Write it anew.", file=name) from None
    columns = [[_cell(value) for value in column.to_pylist()] for column in table.columns]
    rows: list[list[CellValue]] = [list(table.column_names), *(list(row) for row in zip(*columns, strict=True))]
    return [Sheet("parquet", rows)], tuple(
        warning(None, None, mark("The column '{column}' is nested; it was not read."), column=column)
        for column in nested
    )


def _refuse_large(metadata: pq.FileMetaData, name: str, limits: Limits) -> None:
    """Refuse by what the file says of itself, before its rows are unpacked."""
    unpacked = sum(metadata.row_group(group).total_byte_size for group in range(metadata.num_row_groups))
    rows, columns = metadata.num_rows, metadata.num_columns
    if rows >= limits.rows or columns > limits.columns or rows * columns > limits.cells:
        text = (
            "{file}: it has {height} rows × {width} columns; at most {rows} rows, {columns} columns and {cells} cells "
            "are read here. Import a large table as tidy Parquet."
        )
        raise RefusedFile(text, file=name, height=Number(rows), width=Number(columns), **limits.in_words())
    if unpacked > limits.unpacked_bytes:
        text = "{file}: it unpacks to {size} MB, more than is read here."
        raise RefusedFile(text, file=name, size=Number(unpacked / 1e6))


def _cell(value: object) -> CellValue:
    """Return a Parquet value as a cell; what is neither number, text nor time becomes text."""
    match value:
        case None | bool() | int() | float() | str() | datetime() | date() | time():
            return None if isinstance(value, float) and value != value else value
        case Decimal():
            return float(value)
        case bytes():
            return value.decode("utf-8", "replace")
        case _:
            return str(value)
