"""Reads CSV files into text columns with the physical line of each row: fast where rows are lines, exact elsewhere.

Judges no row. Arrow reads files in which every row is one line; Python's reader reads the others (line breaks within
quotes, blank lines, rows that don't fit the header), because Arrow doesn't tell where a row stands.
"""

from __future__ import annotations

import codecs
import csv
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.csv as pv

from kpi.errors import RefusedFile
from kpi.intake.columns import CODED_COLUMNS, KNOWN_COLUMNS, check_header, normalised, unknown_columns
from kpi.intake.faults import FileFault
from kpi.intake.messages import mark
from kpi.intake.sheet import Sheet

_DICTIONARY = pa.dictionary(pa.int32(), pa.string())
_BLOCK: Final = 16 * 1024**2
_CHUNK_ROWS: Final = 50_000
_UTF16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True, slots=True)
class _Scan:
    """What one pass over the bytes tells; blank lines at the end are not counted."""

    digest: str
    line_count: int
    quotes: int


def read_csv(path: Path) -> Sheet:
    """Read the known columns of a comma-separated UTF-8 file as text. Raises RefusedFile with the remedy."""
    scan = _scanned(path)
    header, header_line, header_lines = _header(path)
    names = normalised(header)
    check_header(names, path, header_line)
    columns, lines, ragged = _fast(path, names, scan, header_lines) or _exact(path, names)
    if not len(lines):
        raise RefusedFile(mark("{file}: has a header and no rows. Give at least one row."), file=path.name)
    return Sheet(
        path=path,
        digest=scan.digest,
        header=tuple(header),
        columns=columns,
        lines=lines,
        source=CsvRows(path),
        unknown=unknown_columns(names),
        is_text=True,
        ragged=ragged,
    )


@dataclass(frozen=True, slots=True)
class CsvRows:
    """Reads rows of the file again, with all their cells."""

    path: Path

    def rows(self, wanted: Sequence[int]) -> Iterator[list[str]]:
        """Yield the cells of the rows at these places."""
        ahead = iter(wanted)
        place = next(ahead, None)
        for number, (_, cells) in enumerate(_records(self.path)):
            if number - 1 == place:  # the header is record 0
                yield cells
                place = next(ahead, None)
            if place is None:
                return


def _scanned(path: Path) -> _Scan:
    """Prove that the file is UTF-8 to the last byte, and count its lines."""
    digest = hashlib.sha256()
    decoder = codecs.getincrementaldecoder("utf-8")()
    lines, offset, quotes, tail = 0, 0, 0, b""
    with path.open("rb") as file:
        while chunk := file.read(_BLOCK):
            if offset == 0 and chunk.startswith(_UTF16):
                raise RefusedFile(mark("{file}: is UTF-16, not UTF-8. Save it as 'CSV UTF-8'."), file=path.name)
            digest.update(chunk)
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError as error:
                raise _not_utf8(path, offset + len(chunk), lines, error) from error
            lines += chunk.count(b"\n")
            quotes += chunk.count(b'"')
            offset += len(chunk)
            tail = (tail + chunk)[-4096:]
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        raise _not_utf8(path, offset, lines, error) from error
    after = tail[len(tail.rstrip(b"\r\n")) :].count(b"\n")
    return _Scan(digest.hexdigest(), lines - after + 1, quotes)


def _not_utf8(path: Path, read: int, lines_before: int, error: UnicodeDecodeError) -> FileFault:
    """Say where; `read` bytes were given to the decoder, the last of which it holds in `error.object`."""
    held = error.object
    line = lines_before + held[: error.start].count(b"\n") + 1
    place = read - len(held) + error.start + 1
    return FileFault(
        mark("{file}: is not UTF-8: byte {byte} (0x{sign:02x}), on line {row}, can't be read. Save it as 'CSV UTF-8'."),
        line=line,
        file=path.name,
        byte=place,
        sign=held[error.start],
        row=line,
    )


def _records(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield each row that isn't blank with the physical line on which it begins, the header first."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file, strict=True)
        before = 0
        try:
            for cells in reader:
                if cells:
                    yield before + 1, cells
                before = reader.line_num
        except csv.Error as error:
            line = before + 1
            raise FileFault(
                mark(
                    "{file}: the row that begins on line {row} can't be read ({why}). "
                    'Close every quotation mark, and write one within quotes twice ("").'
                ),
                line=line,
                file=path.name,
                row=line,
                why=str(error),
            ) from error


def _header(path: Path) -> tuple[list[str], int, int]:
    """Return the column names, the line on which they begin, and how many lines end with them."""
    records = _records(path)
    first = next(records, None)
    if first is None:
        raise RefusedFile(mark("{file}: has blank lines only. Give a header and at least one row."), file=path.name)
    line, names = first
    return names, line, line + sum(name.count("\n") for name in names)


def _fast(
    path: Path, names: Sequence[str], scan: _Scan, header_lines: int
) -> tuple[dict[str, pa.ChunkedArray], np.ndarray, dict[int, int]] | None:
    """Read with Arrow; None where a row is not a line, so that its place must be found another way."""
    if scan.quotes % 2:  # one is left open, perhaps
        return None
    known = {name: _DICTIONARY if name in CODED_COLUMNS else pa.string() for name in KNOWN_COLUMNS if name in names}
    given = [name if name in known else f"other {place}" for place, name in enumerate(names)]
    try:
        table = pv.read_csv(
            path,
            read_options=pv.ReadOptions(column_names=given, skip_rows=header_lines, block_size=_BLOCK),
            parse_options=pv.ParseOptions(newlines_in_values=scan.quotes > 0),
            convert_options=pv.ConvertOptions(
                column_types=known, include_columns=list(known), strings_can_be_null=False
            ),
        )
    except pa.ArrowInvalid:
        return None
    if table.num_rows != scan.line_count - header_lines:
        return None
    columns = {name: table.column(name) for name in known}
    return columns, np.arange(table.num_rows, dtype=np.int64) + header_lines + 1, {}


def _exact(path: Path, names: Sequence[str]) -> tuple[dict[str, pa.ChunkedArray], np.ndarray, dict[int, int]]:
    """Read with Python's reader, some tens of thousands of rows at a time."""
    places = {name: names.index(name) for name in KNOWN_COLUMNS if name in names}
    chunks: dict[str, list[pa.Array]] = {name: [] for name in places}
    lines: list[int] = []
    ragged: dict[int, int] = {}
    waiting: list[list[str]] = []
    records = _records(path)
    next(records)
    for line, cells in records:
        if len(cells) != len(names):
            ragged[len(lines)] = len(cells)
            cells = [""] * len(names)  # refused as a whole; nothing else is said about it
        lines.append(line)
        waiting.append(cells)
        if len(waiting) == _CHUNK_ROWS:
            _hand_over(waiting, places, chunks)
    _hand_over(waiting, places, chunks)
    columns = {name: pa.chunked_array(parts, _type_of(name)) for name, parts in chunks.items()}
    return columns, np.array(lines, dtype=np.int64), ragged


def _hand_over(waiting: list[list[str]], places: dict[str, int], chunks: dict[str, list[pa.Array]]) -> None:
    for name, place in places.items():
        chunks[name].append(pa.array([cells[place] for cells in waiting], pa.string()).cast(_type_of(name)))
    waiting.clear()


def _type_of(name: str) -> pa.DataType:
    return _DICTIONARY if name in CODED_COLUMNS else pa.string()
