"""The workbook holds every cell of the report, numbers as numbers, and nothing that runs."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from itertools import pairwise

import openpyxl
import pytest

from kpi.reports.content import Cell, Column, Report, Section, Table
from kpi.reports.xlsx import workbook
from tests.reports.reading import Sheet, is_same, sheets

ASKED = [
    pytest.param(("KEMUNING", "2026-Q3"), {}, id="the whole district"),
    pytest.param(("DINKES", "2026-Q3"), {"language": "en"}, id="a department, in English"),
]


def rows_below(sheet: Sheet, table: Table) -> tuple[list[list[str]], list[list[object]]]:
    """Return texts and values of the rows below a table's title and header."""
    names = [column.name for column in table.columns]
    at = next(
        number
        for number, row in enumerate(sheet.texts)
        if row[: len(names)] == names and sheet.texts[number - 1][0] == table.title
    )
    below = slice(at + 1, at + 1 + len(table.rows))
    return [row[: len(names)] for row in sheet.texts[below]], [row[: len(names)] for row in sheet.values[below]]


@pytest.mark.parametrize(("args", "options"), ASKED)
def test_every_figure_is_read_back(made, args, options):
    report: Report = made(*args, **options)
    read = sheets(workbook(report), report.language)
    compared = 0
    assert len(read) == len(report.sections) + 1
    for section, sheet in zip(report.sections, list(read.values())[1:], strict=True):
        for table in section.tables:
            texts, values = rows_below(sheet, table)
            for cells, shown, raw in zip(table.rows, texts, values, strict=True):
                for cell, text, value in zip(cells, shown, raw, strict=True):
                    assert is_same(text, cell), (section.code, cell, text)
                    assert cell.number is None or value == pytest.approx(cell.number, rel=1e-15)
                    compared += 1
    assert compared > 1000


def test_the_cover_carries_all_that_a_report_says_of_itself(made):
    report: Report = made()
    about = next(iter(sheets(workbook(report), "id").values()))
    texts = {text for row in about.texts for text in row}

    assert {said for _, said in report.cover.facts} <= texts
    assert {report.cover.sample, report.cover.link} <= texts
    assert "Data contoh" in report.cover.sample


def test_sample_data_are_said_on_every_sheet(made):
    for name, sheet in sheets(workbook(made()), "id").items():
        assert any("Data contoh" in text for row in sheet.texts for text in row), name


def test_a_text_never_becomes_a_formula(made):
    report: Report = made()
    nasty = ("=1+1", "+1", "-1", "@SUM(A1)", "http://x.example/", "\t=1", "=cmd|' /C calc'!A0")
    table = Table("=T()", (Column("=C()"), Column("B")), tuple((Cell(words), Cell("x")) for words in nasty))
    section = Section("nasty", "=Heading[1]/*", "=message()", notes=("=note()",), tables=(table,))
    sheet = list(sheets(workbook(replace(report, sections=(section,))), "id").values())[1]

    assert sheet.formulas == 0
    assert [row[0] for row in sheet.texts if row[1] == "x"] == list(nasty)


def test_charts_draw_cells_of_their_own_sheet(made):
    report: Report = made()
    sheet = sheets(workbook(report), "id")[report.section("units").heading]
    chart = report.section("units").chart
    assert chart is not None
    drawn = {row[0]: row[1] for row in sheet.values if row[0] in chart.categories}

    assert drawn == pytest.approx(dict(zip(chart.categories, chart.series[0].values, strict=True)))


def test_the_same_report_gives_the_same_bytes(made):
    assert workbook(made()) == workbook(made())


def test_no_text_is_cut_by_its_neighbour(made):
    book = openpyxl.load_workbook(BytesIO(workbook(made("KEMUNING", "2026-Q3"))))

    long = 0
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell, beside in pairwise(row):
                if isinstance(cell.value, str) and beside.value is not None:
                    is_long = len(cell.value) > sheet.column_dimensions[cell.column_letter].width
                    long += is_long
                    assert not is_long or cell.alignment.wrap_text, (sheet.title, cell.coordinate, cell.value)
    assert long > 10
