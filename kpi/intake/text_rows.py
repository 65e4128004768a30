"""Reads a small CSV of ours, of events or commentary, as texts with their lines. Knows no rule of its content."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

from kpi.errors import RefusedFile
from kpi.inert import as_it_was
from kpi.intake.messages import mark
from kpi.intake.readers import check_readable


def text_rows(path: Path, needed: Sequence[str], columns: Sequence[str]) -> list[tuple[int, dict[str, str]]]:
    """Return the rows of the file with their physical lines. Raises RefusedFile for what is no such table.

    `columns` are all that are read, `needed` those without which nothing is.
    """
    check_readable(path)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        words = mark("{file}: is not UTF-8 (byte {byte}). Save it as CSV (UTF-8).")
        raise RefusedFile(words, file=path.name, byte=error.start) from error
    reader = csv.DictReader(text.splitlines(keepends=True), restval="", strict=True)
    missing = [column for column in needed if column not in (reader.fieldnames or ())]
    if missing:
        words = mark("{file} line 1: lacks the columns {missing}. Use {columns}.")
        raise RefusedFile(words, file=path.name, missing=", ".join(missing), columns=", ".join(columns))
    rows = []
    try:
        for row in reader:
            if None in row:
                words = mark("{file} line {row}: has more cells than the header. Quote its commas.")
                raise RefusedFile(words, file=path.name, row=reader.line_num)
            rows.append((reader.line_num, {name: as_it_was(text) for name, text in row.items()}))
    except csv.Error as error:
        words = mark("{file} line {row}: can't be read as CSV ({why}).")
        raise RefusedFile(words, file=path.name, row=reader.line_num, why=str(error)) from error
    if not rows:
        raise RefusedFile(mark("{file}: has a header and no rows. Give at least one."), file=path.name)
    return rows
