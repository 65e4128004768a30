"""Files that no office means to send: old, locked, bloated, linked, broken; all built by code."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence

_SECTOR = 512
_END, _FAT, _FREE, _NO_STREAM = 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF, 0xFFFFFFFF
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "application/vnd.openxmlformats-package"
_SHEETS = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"


def compound_file(stream: str, content: bytes) -> bytes:
    """An OLE compound file with one stream, the container of .xls and of encrypted workbooks."""
    size = max(len(content), 4096)
    sectors = -(-size // _SECTOR)
    assert sectors < 125, "one FAT sector must do"
    fat = [_FAT, _END, *range(3, sectors + 2), _END]
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16)
    header += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, _END, 0, _END, 0)
    header += struct.pack("<I", 0) + struct.pack("<I", _FREE) * 108
    directory = _entry("Root Entry", 5, 1, _END, 0) + _entry(stream, 2, _NO_STREAM, 2, size)
    table = struct.pack("<128I", *(fat + [_FREE] * (128 - len(fat))))
    return header + table + directory.ljust(_SECTOR, b"\0") + content.ljust(sectors * _SECTOR, b"\0")


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    text = name.encode("utf-16-le") + b"\0\0"
    return (
        text.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(text), kind, 1, _NO_STREAM, _NO_STREAM, child)
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )


def _record(number: int, content: bytes) -> bytes:
    return struct.pack("<HH", number, len(content)) + content


def xls(rows: Sequence[Sequence[str | float | None]], sheet: str = "Lembar1") -> bytes:
    """An old workbook (BIFF8) with one sheet of texts and numbers."""
    opening = struct.pack("<HHHHII", 0x0600, 0x0005, 0x0DBB, 0x07CC, 0, 0)
    name = sheet.encode("latin-1")
    head = _record(0x0809, opening) + _record(0x0042, struct.pack("<H", 1200))
    bound = struct.pack("<IHBB", 0, 0, len(name), 0) + name
    position = len(head) + len(_record(0x0085, bound)) + len(_record(0x000A, b""))
    head += _record(0x0085, struct.pack("<I", position) + bound[4:]) + _record(0x000A, b"")
    body = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0x0DBB, 0x07CC, 0, 0))
    body += _record(0x0200, struct.pack("<IIHHH", 0, len(rows), 0, max(map(len, rows)), 0))
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            place = struct.pack("<HHH", number, column, 0)
            if isinstance(value, str):
                body += _record(0x0204, place + struct.pack("<HB", len(value), 0) + value.encode("latin-1"))
            elif value is not None:
                body += _record(0x0203, place + struct.pack("<d", value))
    return compound_file("Workbook", head + body + _record(0x000A, b""))


def locked_workbook() -> bytes:
    """What Excel writes when a workbook has a password."""
    return compound_file("EncryptedPackage", bytes(5000))


def xlsx(sheet: str, others: Mapping[str, bytes | str] | None = None, head: str = "") -> bytes:
    """A workbook with one sheet, given as the inside of its sheetData, and other parts as they are."""
    parts: dict[str, bytes | str] = {
        "[Content_Types].xml": f'<Types xmlns="{_TYPES}"><Default Extension="xml" ContentType="application/xml"/>'
        f'<Default Extension="rels" ContentType="{_PACKAGE}.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_SHEETS}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_SHEETS}.worksheet+xml"/></Types>',
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {_MAIN} xmlns:r="{_RELATIONS}"><sheets>'
        '<sheet name="Lembar1" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{_RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<?xml version="1.0"?>{head}'
        f"<worksheet {_MAIN}><sheetData>{sheet}</sheetData></worksheet>",
        **(others or {}),
    }
    return zipped(parts)


def zipped(parts: Mapping[str, bytes | str]) -> bytes:
    """A zip file of these parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def text_row(number: int, *texts: str) -> str:
    """A row of inline texts."""
    cells = "".join(
        f'<c r="{chr(65 + place)}{number}" t="inlineStr"><is><t>{text}</t></is></c>' for place, text in enumerate(texts)
    )
    return f'<row r="{number}">{cells}</row>'


HEADER = text_row(1, "Indikator", "Satuan", "Target 2025", "Realisasi 2025")


def good_row(number: int = 2) -> str:
    """A row that is read without a fault."""
    names = f'<c r="A{number}" t="inlineStr"><is><t>Rata-rata Lama Sekolah</t></is></c>'
    return f'<row r="{number}">{names}<c r="C{number}"><v>7.6</v></c><c r="D{number}"><v>7.58</v></c></row>'


def ods(cells: str, others: Mapping[str, bytes | str] | None = None) -> bytes:
    """An OpenDocument workbook with one table, given as its rows."""
    spaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"' for short in ("office", "table", "text")
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        kind = "application/vnd.oasis.opendocument.spreadsheet"
        archive.writestr(zipfile.ZipInfo("mimetype"), kind)
        archive.writestr(
            "content.xml",
            f"<office:document-content {spaces}><office:body><office:spreadsheet>"
            f'<table:table table:name="Lembar1">{cells}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
        for name, content in {"META-INF/manifest.xml": "<manifest/>", **(others or {})}.items():
            archive.writestr(name, content)
    return stream.getvalue()


def ods_row(*values: str | float | None, repeated: int = 1) -> str:
    """A row of an OpenDocument table; None = an empty cell."""
    cells = ""
    for value in values:
        if value is None:
            cells += "<table:table-cell/>"
        elif isinstance(value, str):
            cells += f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'
        else:
            cells += (
                f'<table:table-cell office:value-type="float" office:value="{value}"><text:p>{value}</text:p>'
                "</table:table-cell>"
            )
    return f'<table:table-row table:number-rows-repeated="{repeated}">{cells}</table:table-row>'
