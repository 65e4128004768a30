"""From a file to its sheets of cells: tells the format by the content, never by the name; refuses in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from kpi.errors import RefusedFile
from kpi.intake.messages import Message, Number, mark, reason_of
from kpi.intake.sheets.cells import Area, Book, Sheet, address, is_blank
from kpi.intake.sheets.columnar import read_parquet
from kpi.intake.sheets.delimited import read_delimited
from kpi.intake.sheets.findings import Finding
from kpi.intake.sheets.limits import Limits
from kpi.intake.sheets.ods import read_ods
from kpi.intake.sheets.opening import locked_by_password, open_workbook
from kpi.intake.sheets.xlsx import read_xlsx

_ZIP: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_BOOK_STREAMS: Final = ("Workbook".encode("utf-16-le"), "Book".encode("utf-16-le"))
_NOT_TABLES: Final = (
    (b"%pdf", mark("a PDF document")),
    (b"<html", mark("a web page with another ending")),
    (b"<!doctype html", mark("a web page with another ending")),
    (b"<table", mark("a web page with another ending")),
    (b"<?xml", mark("an XML file")),
    (b"{\\rtf", mark("a text document (RTF)")),
)
DEFAULT_LIMITS: Final = Limits()


def read_book(source: Path | bytes, name: str | None = None, limits: Limits = DEFAULT_LIMITS) -> Book:
    """Return the sheets of an xlsx, xls, ods, csv or parquet file.

    Formulas are read as the values saved with them; macros, links and drawings are left alone. Raises RefusedFile, in
    words, for anything that can't be read: a password, damage, too much of anything, another kind of file.
    """
    name = name or (source.name if isinstance(source, Path) else "file")
    content = source if isinstance(source, bytes) else _content(source, name, limits)
    if len(content) > limits.file_bytes:
        sizes = {"size": Number(len(content) / 1e6), "limit": Number(limits.file_bytes / 1e6)}
        raise RefusedFile("{file}: it has {size} MB; at most {limit} MB are read.", file=name, **sizes)
    if not content.strip():
        raise RefusedFile("{file}: the file is empty.", file=name)
    kind, sheets, findings = _read(content, name, limits)
    _refuse_long_texts(sheets, name, limits)
    return Book(name, kind, tuple(_trimmed(sheet) for sheet in sheets), findings)


def _content(path: Path, name: str, limits: Limits) -> bytes:
    """Read a file, no further than one byte beyond the limit."""
    try:
        with path.open("rb") as file:
            return file.read(limits.file_bytes + 1)
    except IsADirectoryError:
        raise RefusedFile("{file}: it is a folder. Give one file.", file=name) from None
    except OSError as problem:
        raise RefusedFile("{file}: it can't be opened ({why}).", file=name, why=reason_of(problem)) from None


def _read(content: bytes, name: str, limits: Limits) -> tuple[str, list[Sheet], tuple[Finding, ...]]:
    """Read by the file's first bytes."""
    if content.startswith(_ZIP):
        return _read_zip(content, name, limits)
    if content.startswith(_OLE):
        if _ENCRYPTED in content:
            raise locked_by_password(name)
        if not any(stream in content for stream in _BOOK_STREAMS):
            text = "{file}: it is an old Office file but no workbook. Save the table as .xlsx and try again."
            raise RefusedFile(text, file=name)
        return "xls", open_workbook(content, name, limits), ()
    if content.startswith(b"PAR1"):
        return "parquet", *read_parquet(content, name, limits)
    start = content[:1_000].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    for sign, words in _NOT_TABLES:
        if start.startswith(sign):
            text = "{file}: it is {what}. Open it in Excel or LibreOffice, save it as .xlsx, and try again."
            raise RefusedFile(text, file=name, what=Message(words))
    return "csv", *read_delimited(content, name, limits)


def _read_zip(content: bytes, name: str, limits: Limits) -> tuple[str, list[Sheet], tuple[Finding, ...]]:
    is_ods = b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet" in content[:200]
    sheets, package = (read_ods if is_ods else read_xlsx)(content, name, limits)
    return "ods" if is_ods else "xlsx", sheets, package.notices()


def _refuse_long_texts(sheets: list[Sheet], name: str, limits: Limits) -> None:
    """Refuse a cell with more text than a spreadsheet program allows."""
    for sheet in sheets:
        for number, row in enumerate(sheet.rows):
            for column, value in enumerate(row):
                if isinstance(value, str) and len(value) > limits.text_length:
                    raise RefusedFile(
                        "{file}, sheet '{sheet}', cell {cell}: it holds {length} signs; at most {limit} are read. "
                        "Shorten the text.",
                        file=name,
                        sheet=sheet.name,
                        cell=address(number, column),
                        length=Number(len(value)),
                        limit=Number(limits.text_length),
                    )


def _trimmed(sheet: Sheet) -> Sheet:
    """Drop empty rows at the end, and keep of the merged areas what lies over cells."""
    rows = list(sheet.rows)
    while rows and all(is_blank(value) for value in rows[-1]):
        rows.pop()
    return replace(sheet, rows=rows, merged=_inside(sheet.merged, rows))


def _inside(merged: tuple[Area, ...], rows: Sequence[object]) -> tuple[Area, ...]:
    """Return the areas that begin inside the rows; more of them than cells could need are no honest layout."""
    kept: list[Area] = []
    covered = 0
    for area in merged:
        if area.top < len(rows):
            bottom = min(area.bottom, len(rows) - 1)
            covered += (bottom - area.top + 1) * (min(area.right - area.left, 1_000) + 1)
            kept.append(replace(area, bottom=bottom))
        if covered > 1_000_000:
            return ()
    return tuple(kept)
