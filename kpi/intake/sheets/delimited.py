"""Reads delimited text: finds the encoding and the delimiter, and says so; decides nothing about numbers."""

from __future__ import annotations

import codecs
import csv
import re
from collections import Counter
from typing import Final

from kpi.errors import RefusedFile
from kpi.inert import as_it_was
from kpi.intake.messages import Message, mark
from kpi.intake.sheets.cells import Sheet
from kpi.intake.sheets.findings import Finding, info, warning
from kpi.intake.sheets.limits import Limits

_DELIMITERS: Final = (";", ",", "\t", "|")
_CONTROL: Final = re.compile("[\x00-\x08\x0e-\x1f]")
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WORDS: Final = {";": mark("semicolon"), ",": mark("comma"), "\t": mark("tab"), "|": mark("bar")}


def read_delimited(content: bytes, name: str, limits: Limits) -> tuple[list[Sheet], tuple[Finding, ...]]:
    """Return the one sheet of a delimited text, every cell as text, with what was found out about the file.

    UTF-8, UTF-16 with its mark, and Windows-1252; separated by semicolon, comma, tab or bar. Raises RefusedFile where
    it is no text or too large.
    """
    text, encoding = _decoded(content, name)
    declared = re.match(r"sep=(.)\r?\n", text)
    delimiter = declared[1] if declared else _delimiter(text)
    rows = _rows(text, delimiter, name, limits)
    if declared:
        rows[0] = []
    found = [
        info(
            None,
            None,
            mark("Read as text: {encoding}, separated by {mark}."),
            encoding=encoding,
            mark=Message(_WORDS.get(delimiter, delimiter)),
        )
    ]
    if encoding == "Windows-1252":
        found.append(
            warning(None, None, mark("The text is not UTF-8; it was read as Windows-1252. Check names with accents."))
        )
    return [Sheet("csv", rows)], tuple(found)


def _decoded(content: bytes, name: str) -> tuple[str, str]:
    """Return the text and the encoding in words."""
    codec = next((codec for mark, codec in _MARKS if content.startswith(mark)), "utf-8")
    text: str | None = None
    words = {"utf-8-sig": "UTF-8", "utf-8": "UTF-8", "utf-16": "UTF-16"}[codec]
    for attempt, said in ((codec, words), ("cp1252", "Windows-1252")):
        try:
            text, words = content.decode(attempt), said
            break
        except UnicodeDecodeError:
            continue
    if text is None or _CONTROL.search(text[:100_000]):
        words = "{file}: it is neither a workbook nor text. Give an xlsx, xls, ods, csv or parquet file."
        raise RefusedFile(words, file=name)
    return text, words


def _delimiter(text: str) -> str:
    """Return the delimiter that gives the most lines the same number of columns, more than one."""
    sample = text[:200_000].splitlines()[:200]

    def evenness(delimiter: str) -> tuple[float, int]:
        try:
            widths = Counter(len(row) for row in csv.reader(sample, delimiter=delimiter) if any(row))
        except csv.Error:
            return (0.0, 0)
        wide = {width: lines for width, lines in widths.items() if width > 1}
        if not wide:
            return (0.0, 0)
        width = max(wide, key=lambda columns: (wide[columns], columns))
        return (wide[width] / sum(widths.values()), width)

    return max(_DELIMITERS, key=evenness)


def _rows(text: str, delimiter: str, name: str, limits: Limits) -> list[list[str | None]]:
    """Return the cells row by row. A quoted cell may hold line breaks."""
    rows: list[list[str | None]] = []
    cells = 0
    try:
        for row in csv.reader(text.splitlines(keepends=True), delimiter=delimiter):
            cells += len(row)
            if len(rows) >= limits.rows or len(row) > limits.columns or cells > limits.cells:
                words = (
                    "{file}, line {line}: at most {rows} rows, {columns} columns and {cells} cells are read here. "
                    "Import a large table as tidy CSV."
                )
                raise RefusedFile(words, file=name, line=len(rows) + 1, **limits.in_words())
            rows.append([as_it_was(cell) or None for cell in row])
    except csv.Error as problem:
        words = "{file}, line {line}: the text can't be read as a table ({why})."
        raise RefusedFile(words, file=name, line=len(rows) + 1, why=str(problem)) from None
    return rows
