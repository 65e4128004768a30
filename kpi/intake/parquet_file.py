"""Reads Parquet files into text columns, so that one set of rules judges every format. Judges no row."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from kpi.errors import RefusedFile
from kpi.intake.columns import CODED_COLUMNS, KNOWN_COLUMNS, check_header, normalised, unknown_columns
from kpi.intake.faults import FileFault
from kpi.intake.messages import mark
from kpi.intake.sheet import Sheet

_DICTIONARY = pa.dictionary(pa.int32(), pa.string())


def read_parquet(path: Path, limit: int) -> Sheet:
    """Read the known columns as text; `limit` bounds the bytes after decompression. Raises RefusedFile."""
    table, names = _read(path, limit)
    if table.num_rows == 0:
        raise RefusedFile(mark("{file}: has no rows. Give a file with at least one."), file=path.name)
    columns = {name: _as_text(table.column(names.index(name)), name, path) for name in KNOWN_COLUMNS if name in names}
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Sheet(
        path=path,
        digest=digest,
        header=tuple(table.column_names),
        columns=columns,
        lines=np.arange(1, table.num_rows + 1, dtype=np.int64),
        source=ParquetRows(table),
        unknown=unknown_columns(names),
    )


def parquet_columns(path: Path) -> list[str] | None:
    """Return the names of the columns; None where it is no sound Parquet file."""
    try:
        with pq.ParquetFile(path) as file:
            return list(file.schema_arrow.names)
    except (pa.ArrowException, OSError, UnicodeDecodeError):
        return None


@dataclass(frozen=True, slots=True)
class ParquetRows:
    """Gives rows of the table back as text."""

    table: pa.Table

    def rows(self, wanted: Sequence[int]) -> Iterator[list[str]]:
        """Yield the cells of the rows at these places."""
        for row in self.table.take(pa.array(wanted, pa.int64())).to_pylist():
            yield ["" if cell is None else str(cell) for cell in row.values()]


def _read(path: Path, limit: int) -> tuple[pa.Table, tuple[str, ...]]:
    try:
        with pq.ParquetFile(path) as file:
            meta = file.metadata
            size = sum(meta.row_group(number).total_byte_size for number in range(meta.num_row_groups))
            if size > limit:
                text = mark("{file}: unpacks to {size:,} bytes, more than the limit of {limit:,}. Split it by year.")
                raise RefusedFile(text, file=path.name, size=size, limit=limit)
            names = normalised(file.schema_arrow.names)
            check_header(names, path)
            return file.read(), names
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        first = str(error).splitlines()[0] if str(error) else type(error).__name__
        text = mark("{file}: is not a sound Parquet file ({why}). Write it anew at its source.")
        raise RefusedFile(text, file=path.name, why=first) from error


def _as_text(column: pa.ChunkedArray, name: str, path: Path) -> pa.ChunkedArray:
    kind = column.type.value_type if pa.types.is_dictionary(column.type) else column.type
    if pa.types.is_nested(kind) or pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
        said = mark("{file}: column '{name}' holds {kind}, not text, numbers or dates.")
        raise FileFault(said, column=name, file=path.name, name=name, kind=str(kind))
    try:
        plain = column.cast(kind) if pa.types.is_dictionary(column.type) else column
        text = pc.fill_null(plain.cast(pa.string()), "")
    except pa.ArrowException as error:
        said = mark("{file}: column '{name}' can't be read ({why}).")
        raise FileFault(said, column=name, file=path.name, name=name, why=str(error)) from error
    return text.cast(_DICTIONARY) if name in CODED_COLUMNS else text
