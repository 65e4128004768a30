"""The PDF holds every figure of the report, is tagged, and says on every page what it is."""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfReader

from kpi.reports.content import Column, Report
from kpi.reports.pdf import _widths, document
from tests.reports.reading import letters, letters_of_pdf

ASKED = [
    pytest.param(("KEMUNING", "2026-Q3"), {}, id="the whole district"),
    pytest.param(("DINKES", "2026-Q3"), {"language": "en"}, id="a department, in English"),
]


@pytest.mark.parametrize(("args", "options"), ASKED)
def test_every_figure_is_read_back(made, args, options):
    report: Report = made(*args, **options)
    read = letters_of_pdf(document(report))
    compared = 0
    for label, said in report.cover.facts:
        assert letters(label + said) in read
    for section in report.sections:
        for said in (section.heading, section.message, *section.notes, *(big.number for big in section.bigs)):
            assert letters(said) in read, said
        for table in section.tables:
            if table.is_annex:
                assert letters(report.words["annex"].format(title=table.title)) in read
                continue
            assert not table.rows or letters(table.title) in read
            for row in table.rows:
                assert letters("".join(cell.text for cell in row)) in read, (section.code, row)
                compared += len(row)
    assert compared > 1000


def test_it_is_tagged_and_says_its_language_title_and_maker(made):
    reader = PdfReader(BytesIO(document(made())))
    root = reader.trailer["/Root"]

    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "id"
    assert "pdfuaid:part" in root["/Metadata"].get_data().decode()
    assert reader.metadata.title == "Laporan kinerja: Kabupaten Kemuning, Triwulan III 2026"
    assert reader.metadata.author == "Penguji"


def test_charts_bear_their_words(made):
    report: Report = made()
    reader = PdfReader(BytesIO(document(report)))

    assert {section.chart.alt for section in report.sections if section.chart} <= alternatives(reader)


def alternatives(reader: PdfReader) -> set[str]:
    """Return every alternative text in the tree of tags."""
    found, asked = set(), [reader.trailer["/Root"]["/StructTreeRoot"]]
    while asked:
        node = asked.pop().get_object()
        if isinstance(node, list):
            asked += node
        elif isinstance(node, dict):
            found |= {str(node["/Alt"])} if "/Alt" in node else set()
            asked += [node["/K"]] if "/K" in node else []
    return found


def test_sample_data_are_said_on_every_page(made):
    for page in PdfReader(BytesIO(document(made()))).pages:
        text = page.extract_text()
        assert "Data contoh" in text
        assert "DATA CONTOH" in text


def test_links_lead_to_the_live_view(made):
    report: Report = made()
    links = {
        annotation.get_object()["/A"]["/URI"]
        for page in PdfReader(BytesIO(document(report))).pages
        for annotation in page.get("/Annots", [])
        if "/URI" in annotation.get_object().get("/A", {})
    }

    assert {report.cover.link, *(section.link for section in report.sections if section.link)} == links


def test_the_same_report_gives_the_same_bytes(made):
    assert document(made("DINKES")) == document(made("DINKES"))


def test_no_column_is_narrower_than_the_longest_word_of_its_name():
    columns = [Column("Unit", 48), Column("Indicators disaggregated", 6), Column("Index", 9)]

    unit, long, index = _widths(columns)

    assert (unit, index) == (48, 9)
    assert long > 6
