"""Scores a CSV file as it stands, without a store: the door of `kpi score`. Knows no organisation and no period."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TextIO

import numpy as np
import pyarrow as pa

from kpi.errors import KpiError, RefusedFile, did_you_mean
from kpi.scoring.profile import RuleProfile
from kpi.scoring.rating import percent
from kpi.scoring.scale import parse_scale
from kpi.scoring.table import polarity_code, score_arrow

REQUIRED: Final = ("polarity", "target", "value")
OPTIONAL: Final = ("target_high", "worst_value", "is_full_at_target", "conversion_scale")
ADDED: Final = ("achievement_percent", "index_percent", "rating", "status", "reason")
MOST_ERRORS: Final = 20
TRUTHS: Final = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False, "": False}
NUMBER: Final = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")


@dataclass(slots=True)
class _Rows:
    """A file's cells as text: a list per column, and the physical line on which each row begins."""

    name: str
    cells: dict[str, list[str]]
    lines: list[int]
    errors: list[tuple[int, str]] = field(default_factory=list)

    def refuse(self, line: int, column: str | None, what: str) -> None:
        place = f"{self.name} line {line}" + (f", column {column}" if column else "")
        self.errors.append((line, f"{place}: {what}"))

    def stop_if_refused(self) -> None:
        if self.errors:
            more = len(self.errors) - MOST_ERRORS
            tail = [f"… and {more} more."] if more > 0 else []
            shown = [message for _, message in sorted(self.errors)[:MOST_ERRORS]]
            raise RefusedFile("{errors}", errors="\n".join([*shown, *tail]))


def score_file(path: Path, profile: RuleProfile) -> pa.Table:
    """Return the rows of the CSV file, every column as the text it was, with the columns ADDED as text beside them.

    Numbers are written in full precision, empty = none. Columns that it reads: REQUIRED and OPTIONAL. Raises KpiError
    that names file, line (physical; the header is 1) and column of every cell that can't be read, up to 20 at once.
    """
    rows = _read(path)
    scored = score_arrow(_typed(rows), profile)
    columns = {name: pa.array(cells, pa.string()) for name, cells in rows.cells.items()}
    for name in ("achievement", "index"):
        columns[f"{name}_percent"] = _text(percent(scored[name].to_numpy()))
    for name in ("rating", "status", "reason"):
        columns[name] = scored[name].cast(pa.string()).fill_null("").combine_chunks()
    return pa.table(columns)


def write_csv(table: pa.Table, stream: TextIO) -> None:
    """Write a table of text as CSV with a header."""
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(table.column_names)
    for batch in table.to_batches():
        writer.writerows(zip(*(column.to_pylist() for column in batch.columns), strict=True))


def _text(figures: np.ndarray) -> pa.Array:
    return pa.array(["" if math.isnan(figure) else repr(figure) for figure in figures.tolist()], pa.string())


def _read(path: Path) -> _Rows:
    records = _records(path)
    _, header = next(records, (1, []))
    names = [name.strip() for name in header]
    _check_header(path.name, names)
    rows = _Rows(path.name, {name: [] for name in names}, [])
    columns = list(rows.cells.values())
    for line, record in records:
        if len(record) != len(names):
            rows.refuse(line, None, f"{len(record)} cells, where the header has {len(names)}.")
            continue
        rows.lines.append(line)
        for column, cell in zip(columns, record, strict=True):
            column.append(cell)
    return rows


def _records(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield the first physical line and the cells of each record; an empty line is no record."""
    reader = csv.reader(io.StringIO(_decoded(path), newline=""), strict=True)
    begins = 1
    try:
        for record in reader:
            if record:
                yield begins, record
            begins = reader.line_num + 1
    except csv.Error as error:
        raise RefusedFile(f"{path.name} line {begins}: not a CSV file: {error}.") from error


def _decoded(path: Path) -> str:
    try:
        content = path.read_bytes()
    except IsADirectoryError as error:
        raise RefusedFile(f"{path.name} is a folder. Name the CSV file in it.") from error
    except OSError as error:
        raise RefusedFile(f"{path.name} can't be read: {error.strerror}.") from error
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise RefusedFile(f"{path.name} line {line}: not UTF-8. Save the file as 'CSV UTF-8'.") from error
    if not text.strip():
        raise RefusedFile(f"{path.name} is empty. It needs a header with {', '.join(REQUIRED)}.")
    return text


def _check_header(name: str, names: list[str]) -> None:
    where = f"{name} line 1"
    missing = [column for column in REQUIRED if column not in names]
    if missing and len(names) == 1 and (found := re.search(r"[;\t|]", names[0])):
        raise KpiError(f"{where}: the cells are divided by {found[0]!r}. Save the file with commas.")
    if missing:
        hints = "".join(did_you_mean(column, names) for column in missing)
        raise KpiError(f"{where}: no column {', '.join(missing)}.{hints}")
    for column in names:
        if names.count(column) > 1:
            raise KpiError(f"{where}, column {column}: stands there {names.count(column)} times.")
        if column in ADDED:
            raise KpiError(f"{where}, column {column}: scoring adds a column of this name. Rename or remove it.")


def _typed(rows: _Rows) -> pa.Table:
    """Return the columns that scoring reads, as numbers, truths and words; refuses the file for any bad cell."""
    read: dict[str, tuple[Callable[[str], object], pa.DataType]] = {
        **dict.fromkeys(("value", "target", "target_high", "worst_value"), (_number, pa.float64())),
        "polarity": (_polarity, pa.string()),
        "is_full_at_target": (_truth, pa.bool_()),
        "conversion_scale": (_scale, pa.string()),
    }
    parsed = {
        name: pa.array(_parsed(rows, name, parse), kind) for name, (parse, kind) in read.items() if name in rows.cells
    }
    if "target_high" in parsed:
        _check_ranges(rows, parsed["target"].to_pylist(), parsed["target_high"].to_pylist())
    rows.stop_if_refused()
    return pa.table(parsed)


def _parsed(rows: _Rows, name: str, parse: Callable[[str], object]) -> list[object]:
    parsed: list[object] = []
    for line, cell in zip(rows.lines, rows.cells[name], strict=True):
        try:
            parsed.append(parse(cell.strip()))
        except ValueError as error:
            rows.refuse(line, name, f"{error}.")
            parsed.append(None)
    return parsed


def _check_ranges(rows: _Rows, lows: list[float | None], highs: list[float | None]) -> None:
    for line, low, high in zip(rows.lines, lows, highs, strict=True):
        if low is not None and high is not None and high < low:
            rows.refuse(line, "target_high", f"{high} is less than the target {low}.")


def _number(cell: str) -> float | None:
    if not cell:
        return None
    if not NUMBER.fullmatch(cell):
        hint = " (write the decimals after a dot)" if "," in cell else " (leave the cell empty where there is none)"
        raise ValueError(f"'{cell}' is not a number{hint}")
    number = float(cell)
    if not math.isfinite(number):
        raise ValueError(f"'{cell}' is too large")
    return number


def _polarity(cell: str) -> str:
    word = cell.lower()
    polarity_code(word)
    return word


def _truth(cell: str) -> bool:
    if cell.lower() not in TRUTHS:
        raise ValueError(f"'{cell}' is neither true, 1, yes nor false, 0, no")
    return TRUTHS[cell.lower()]


def _scale(cell: str) -> str:
    if cell:
        parse_scale(cell)
    return cell
