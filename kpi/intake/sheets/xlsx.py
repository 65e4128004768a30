"""What calamine does not tell about an xlsx file: number formats, failed and never computed formulas, far cells."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final
from xml.etree.ElementTree import Element

from kpi.errors import RefusedFile
from kpi.intake.sheets.cells import Sheet, address, place
from kpi.intake.sheets.limits import Limits
from kpi.intake.sheets.opening import open_workbook
from kpi.intake.sheets.package import Package

_PREFIX: Final = re.compile(rb"<([\w.-]+:)sheetData\b")
_ATTRIBUTE: Final = re.compile(rb"\b(r|s|t)\s*=\s*[\"']([^\"']*)[\"']")
_FORMULA: Final = re.compile(rb"<(?:[\w.-]+:)?f\b")
_VALUE: Final = re.compile(rb"<(?:[\w.-]+:)?(?:v|t)\b[^>]*[^/>]?>([^<]*)")
_TEXT_FORMULA: Final = b"str"
_BUILT_IN: Final = {9: "0%", 10: "0.00%"}
_FEW: Final = 100_000


@dataclass(slots=True)
class Survey:
    """What a sheet's XML says beside the values."""

    styles: dict[tuple[int, int], int] = field(default_factory=dict)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    unvalued: set[tuple[int, int]] = field(default_factory=set)
    last: tuple[int, int] = (-1, -1)


def read_xlsx(content: bytes, name: str, limits: Limits) -> tuple[list[Sheet], Package]:
    """Return the sheets of an xlsx file. Raises RefusedFile as `Package` and `open_workbook` do."""
    package = Package.opened(content, name, limits)
    if "xl/workbook.bin" in package.names():
        text = "{file}: it is a binary workbook (.xlsb). Save it as an Excel workbook (.xlsx) and try again."
        raise RefusedFile(text, file=name)
    if "xl/workbook.xml" not in package.names():
        text = "{file}: it is a zip file but no Excel workbook. Give an xlsx, xls, ods, csv or parquet file."
        raise RefusedFile(text, file=name)
    package.part("xl/sharedStrings.xml")  # the reader will open it too: refuse here what it may hide
    formats = _percent_styles(package)
    surveys = {sheet: _survey(package, part, sheet) for sheet, part in _parts(package).items()}
    return [_joined(sheet, surveys.get(sheet.name), formats) for sheet in open_workbook(content, name, limits)], package


def _joined(sheet: Sheet, survey: Survey | None, formats: dict[int, str]) -> Sheet:
    if survey is None:
        return sheet
    shown = {cell: formats[style] for cell, style in survey.styles.items() if style in formats}
    return replace(sheet, formats=shown, errors=survey.errors, unvalued=frozenset(survey.unvalued))


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _parts(package: Package) -> dict[str, str]:
    """Return the part of each sheet's XML by the sheet's name."""
    links = package.tree("xl/_rels/workbook.xml.rels")
    book = package.tree("xl/workbook.xml")
    targets = {link.get("Id"): link.get("Target", "") for link in (links if links is not None else ())}
    parts: dict[str, str] = {}
    for element in book.iter() if book is not None else ():
        if _local(element) == "sheet":
            link = next((value for key, value in element.attrib.items() if key.endswith("}id")), None)
            target = targets.get(link, "")
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
            parts[element.get("name", "")] = path
    if len(parts) > package.limits.sheets:
        text = "{file}: it has {count} sheets; at most {limit} are read."
        raise RefusedFile(text, file=package.name, count=len(parts), limit=package.limits.sheets)
    return parts


def _percent_styles(package: Package) -> dict[int, str]:
    """Return, by the number of a cell style, the number formats that show percent."""
    styles = package.tree("xl/styles.xml")
    if styles is None:
        return {}
    own = {
        _whole(element.get("numFmtId")): element.get("formatCode", "")
        for element in styles.iter()
        if _local(element) == "numFmt"
    }
    cells = next((element for element in styles if _local(element) == "cellXfs"), None)
    shown: dict[int, str] = {}
    for number, style in enumerate(cells if cells is not None else ()):
        format_number = _whole(style.get("numFmtId"))
        code = own.get(format_number, _BUILT_IN.get(format_number, ""))
        if shows_percent(code):
            shown[number] = code
    return shown


def shows_percent(code: str) -> bool:
    r"""Say whether a number format shows the value times 100 with a percent sign (`0.0%`, not `0.0"%"` nor `0\%`)."""
    return "%" in re.sub(r"\"[^\"]*\"|\\.|_.", "", code)


def _whole(text: str | None) -> int:
    return int(text) if text and re.fullmatch(r"[0-9]{1,9}", text) else -1


def _survey(package: Package, part: str, sheet: str) -> Survey:
    """Look over a sheet's XML. Raises RefusedFile where the cells span more than the limits."""
    survey, where = Survey(), {"file": package.name, "sheet": sheet}
    top = left = 1 << 30
    count = 0
    for row, column, style, kind, inside in _cells(package.part(part) or b"", where):
        if not inside or (_VALUE.search(inside) is None and _FORMULA.search(inside) is None):
            continue
        count += 1
        top, left = min(top, row), min(left, column)
        survey.last = (max(survey.last[0], row), max(survey.last[1], column))
        _refuse_far_cell(survey.last, (top, left), count, where, package.limits)
        _note(survey, (row, column), style, kind, inside)
    return survey


def _note(survey: Survey, cell: tuple[int, int], style: int, kind: bytes, inside: bytes) -> None:
    """Keep what is worth knowing of one cell."""
    value = _VALUE.search(inside)
    if style > 0 and len(survey.styles) < 10 * _FEW:
        survey.styles[cell] = style
    if kind == b"e" and len(survey.errors) < _FEW:
        survey.errors[cell] = value[1].decode("utf-8", "replace") if value else "#VALUE!"
    is_computed = kind == _TEXT_FORMULA or (value is not None and value[1].strip())
    if not is_computed and _FORMULA.search(inside) and len(survey.unvalued) < _FEW:
        survey.unvalued.add(cell)


def _cells(content: bytes, where: Mapping[str, str]) -> Iterator[tuple[int, int, int, bytes, bytes]]:
    """Yield row, column, style, type and inner XML of every cell; cells without an address follow the one before.

    Rows without cells are never looked at: there may be a million of them.
    """
    found = _PREFIX.search(content, 0, 100_000)
    prefix = re.escape(found[1]) if found else b""
    cell_tag = re.compile(rb"<" + prefix + rb"c\b([^>]*?)(?:/>|>(.*?)</" + prefix + rb"c\s*>)", re.DOTALL)
    row, column, end = 0, -1, 0
    for cell in cell_tag.finditer(content):
        said = dict(_ATTRIBUTE.findall(cell[1]))
        if b"r" in said:
            at = said[b"r"].decode("ascii", "replace")
            spot = place(at)
            if spot is None:
                text = "{file}, sheet '{sheet}': the cell address '{cell}' can't be read. Save the workbook anew."
                raise RefusedFile(text, **where, cell=at[:20])
        else:
            rows = content.count(b"<" + (found[1] if found else b"") + b"row", end, cell.start())
            spot = (row + rows - (end == 0), 0) if rows else (row, column + 1)
        row, column, end = *spot, cell.end()
        style = said.get(b"s", b"0").decode("ascii", "replace")
        yield row, column, _whole(style), said.get(b"t", b""), cell[2] or b""


def _refuse_far_cell(
    last: tuple[int, int], first: tuple[int, int], count: int, where: Mapping[str, str], limits: Limits
) -> None:
    """Refuse a sheet as soon as its filled cells are known to span more than can be read, naming the last one."""
    rows, columns = last[0] - first[0] + 1, last[1] - first[1] + 1
    if rows > limits.rows or columns > limits.columns or rows * columns > limits.cells or count > limits.cells:
        text = (
            "{file}, sheet '{sheet}': its cells span more than {rows} rows, {columns} columns or {cells} cells (from "
            "{first} to {last} at least). Delete stray cells far from the table, or import a large table as tidy CSV."
        )
        raise RefusedFile(text, **where, first=address(*first), last=address(*last), **limits.in_words())
