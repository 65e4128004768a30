"""Reads reports back from their files, by other libraries than those that wrote them where there are any."""

from __future__ import annotations

import re
from dataclasses import dataclass
from io import BytesIO

from babel.numbers import format_decimal
from lxml import html
from openpyxl import load_workbook
from openpyxl.cell.cell import Cell as SheetCell
from pptx import Presentation
from pypdf import PdfReader

from kpi.i18n import LOCALES, MISSING, Language
from kpi.reports.content import Cell

NUMBER = re.compile(r"[-−+±]?\d[\d.,]*")


@dataclass(frozen=True)
class Sheet:
    """A sheet's cells: as texts a reader sees, and the raw values."""

    texts: list[list[str]]
    values: list[list[object]]
    formulas: int


def sheets(content: bytes, language: Language) -> dict[str, Sheet]:
    """Return the sheets of a workbook, numbers written by their own number formats."""
    book = load_workbook(BytesIO(content))
    return {
        sheet.title: Sheet(
            [[_shown(cell, language) for cell in row] for row in sheet.iter_rows()],
            [[cell.value for cell in row] for row in sheet.iter_rows()],
            sum(cell.data_type == "f" for row in sheet.iter_rows() for cell in row),
        )
        for sheet in book.worksheets
    }


def _shown(cell: SheetCell, language: Language) -> str:
    if not isinstance(cell.value, (int, float)):
        return "" if cell.value is None else str(cell.value)
    formats = str(cell.number_format).split(";")
    pattern = formats[1] if cell.value < 0 and len(formats) > 1 else formats[0]
    decimals = len(re.search(r"0(?:\.(0+))?", pattern)[1] or "")
    is_percent = pattern.endswith("%") and '"' not in pattern
    number = round(abs(cell.value) * (100 if is_percent else 1), decimals)
    written = format_decimal(number, "#,##0" + ("." + "0" * decimals if decimals else ""), LOCALES[language])
    sign = "−" if cell.value < 0 and number else "+" if pattern.startswith("+") and number else ""
    suffix = "%" if is_percent else "".join(re.findall(r'"([^"]*)"', pattern))
    return f"{sign}{written}{suffix}"


def figure_in(text: str) -> str:
    """Return the number in a text as it is written, without what it counts; a whole text where there is none."""
    found = NUMBER.match(text)
    return found[0].lstrip("±").rstrip(".,") if found else text


def is_same(read: str, cell: Cell) -> bool:
    """Whether a cell read back shows what the report has: the same words, or the same number."""
    if cell.number is None:
        return read == cell.text or (not read and cell.text in ("", MISSING))
    return figure_in(read) == figure_in(cell.text)


@dataclass(frozen=True)
class SlideRead:
    """What stands on a slide: its title, all texts, the rows of its tables, the values of its charts."""

    title: str
    texts: list[str]
    tables: list[list[list[str]]]
    charts: list[dict[str, list[float | None]]]
    categories: list[list[str]]
    boxes: list[tuple[int, int, int, int]]


def slides_in(content: bytes) -> list[SlideRead]:
    """Return the slides of a presentation."""
    return [
        SlideRead(
            title=slide.shapes.title.text_frame.text,
            texts=[shape.text_frame.text for shape in slide.shapes if shape.has_text_frame],
            tables=[
                [[cell.text for cell in row.cells] for row in shape.table.rows]
                for shape in slide.shapes
                if shape.has_table
            ],
            charts=[
                {series.name: list(series.values) for series in shape.chart.plots[0].series}
                for shape in slide.shapes
                if shape.has_chart
            ],
            categories=[list(shape.chart.plots[0].categories) for shape in slide.shapes if shape.has_chart],
            boxes=[
                (shape.left, shape.top, shape.left + shape.width, shape.top + shape.height) for shape in slide.shapes
            ],
        )
        for slide in Presentation(BytesIO(content)).slides
    ]


def letters_of_pdf(content: bytes) -> str:
    """Return all text of a PDF in reading order without any white space."""
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
    return letters(text)


def letters(text: str) -> str:
    """Return a text without white space, which layout adds and takes away."""
    return re.sub(r"[\s\u200b]+", "", text)


@dataclass(frozen=True)
class PageRead:
    """What an HTML report shows, by section: its texts, and its tables by title as texts and raw numbers."""

    texts: dict[str, str]
    tables: dict[str, list[tuple[str, list[list[tuple[str, float | None]]]]]]
    addresses: list[str]


def read_page(content: bytes) -> PageRead:
    """Return what an HTML report shows."""
    document = html.document_fromstring(content.decode())
    texts, tables = {}, {}
    for section in document.iter("section"):
        texts[section.get("id")] = section.text_content()
        tables[section.get("id")] = [
            (
                table.findtext("caption"),
                [[_read_cell(cell) for cell in row.iter("td")] for row in table.find("tbody").iter("tr")],
            )
            for table in section.iter("table")
        ]
    addresses = [value for element in document.iter() for name, value in element.items() if name in ("href", "src")]
    return PageRead(texts, tables, addresses)


def _read_cell(cell: html.HtmlElement) -> tuple[str, float | None]:
    number = cell.get("data-n")
    return cell.text_content(), None if number is None else float(number)
