"""Files of every kind: read, or refused in words; nothing followed, nothing run."""

from __future__ import annotations

import io
import zipfile
import zlib
from datetime import date

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from kpi.errors import RefusedFile
from kpi.intake.sheets.cells import Area, address, place
from kpi.intake.sheets.grid import read_book
from kpi.intake.sheets.limits import Limits
from tests.intake.sheets.strange_files import (
    HEADER,
    compound_file,
    good_row,
    locked_workbook,
    ods,
    ods_row,
    xls,
    xlsx,
    zipped,
)
from tests.intake.sheets.workbooks import merged_headers, quarters_with_achievement, several_sheets


def refusal(content: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(RefusedFile) as refused:
        read_book(content, "berkas", limits or Limits())
    assert str(refused.value).startswith("berkas")
    return str(refused.value)


@pytest.mark.parametrize(
    ("cell", "spot"), [("A1", (0, 0)), ("Z9", (8, 25)), ("AA10", (9, 26)), ("XFD1048576", (1048575, 16383))]
)
def test_addresses_go_both_ways(cell, spot):
    assert place(cell) == spot
    assert address(*spot) == cell
    assert Area.parse(f"A1:{cell}") == Area(0, 0, *spot)


def test_xlsx_keeps_types_merges_and_percent_formats():
    sheet = read_book(quarters_with_achievement().content).sheets[0]
    assert sheet.value(5, 3) == 50.0
    assert Area(3, 0, 4, 0) in sheet.merged
    assert sheet.formats[5, 5] == "0.00%"
    assert sheet.value(5, 5) == 0.9


def test_hidden_and_empty_sheets_are_told():
    sheets = {sheet.name: sheet for sheet in read_book(several_sheets().content).sheets}
    assert sheets["lama"].is_hidden
    assert not sheets["Kosong"].rows


def test_an_old_workbook_is_read():
    sheet = read_book(xls([["Indikator", "Target 2025"], ["AKI", 84.5]])).sheets[0]
    assert [list(row) for row in sheet.rows] == [["Indikator", "Target 2025"], ["AKI", 84.5]]


def test_an_opendocument_workbook_is_read_with_its_million_empty_rows():
    content = ods(ods_row("Indikator", "Target 2025") + ods_row("AKI", 84.5) + ods_row(None, repeated=1_048_000))
    sheet = read_book(content).sheets[0]
    assert [list(row) for row in sheet.rows] == [["Indikator", "Target 2025"], ["AKI", 84.5]]


def test_parquet_is_read_and_nested_columns_are_named():
    table = pa.table({"indicator_code": ["AKI"], "value": [1.5], "period_end": [date(2025, 12, 31)], "odd": [[1, 2]]})
    stream = io.BytesIO()
    pq.write_table(table, stream)
    book = read_book(stream.getvalue())
    assert list(book.sheets[0].rows[1]) == ["AKI", 1.5, date(2025, 12, 31)]
    assert "odd" in book.findings[0].message


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_delimiter_and_encoding_are_found(delimiter, encoding):
    text = "\n".join(delimiter.join(row) for row in (["Indikator", "Catatan"], ["AKI", "café"], ["AKB", "naïf"]))
    rows = read_book(text.encode(encoding)).sheets[0].rows
    assert list(rows[1]) == ["AKI", "café"]


def test_decimal_commas_do_not_make_the_comma_a_delimiter():
    rows = read_book(b"Indikator;2023;2024\nAKI;1,5;2,5\nAKB;3,5;4,5\n").sheets[0].rows
    assert list(rows[1]) == ["AKI", "1,5", "2,5"]


def test_a_password_is_said():
    assert "password" in refusal(locked_workbook())
    assert "password" in refusal(ods("", {"META-INF/manifest.xml": "<manifest><encryption-data/></manifest>"}))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b" \r\n ", "empty"),
        (b"<html><table><tr><td>1", "web page"),
        (b"%PDF-1.7", "PDF"),
        (bytes(range(256)) * 9, "neither"),
        (b"a,b\0,c", "neither"),
        (b"PK\x03\x04", "damaged"),
        (b"PAR1 nothing", "damaged"),
        (zipped({"word/document.xml": "<a/>"}), "no Excel workbook"),
        (zipped({"xl/workbook.bin": "x"}), ".xlsb"),
        (compound_file("WordDocument", b"x"), "no workbook"),
        (compound_file("Workbook", b"\x09\x08\x10\x00" + b"\xff" * 900), ""),
    ],
)
def test_what_is_no_table_is_refused_in_words(content, words):
    assert words in refusal(content)


def test_a_folder_and_a_missing_file_are_refused(tmp_path):
    for path in (tmp_path, tmp_path / "tidak-ada.xlsx"):
        with pytest.raises(RefusedFile):
            read_book(path)


def test_a_zip_bomb_is_refused_before_it_unpacks():
    assert "unpack" in refusal(xlsx(HEADER + "<row>" + " " * 30_000_000 + "</row>"))


def test_a_zip_that_lies_about_its_size_is_refused():
    """The size in the zip's directory says 10 bytes, and the check sum fits them; the part holds 30 MB."""
    bomb = b" " * 30_000_000
    stream = io.BytesIO(xlsx(HEADER))
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", bomb)
        entry = archive.getinfo("xl/sharedStrings.xml")
        entry.file_size, entry.CRC = 10, zlib.crc32(bomb[:10])
    refusal(stream.getvalue(), Limits(memory=200 << 20))


@pytest.mark.parametrize("part", ["sheet", "xl/sharedStrings.xml"])
def test_entity_expansion_is_refused_not_expanded(part):
    laughs = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'
    content = (
        xlsx(HEADER, head=laughs)
        if part == "sheet"
        else xlsx(HEADER, {part: f"{laughs}<sst><si><t>&c;</t></si></sst>"})
    )
    assert "DOCTYPE" in refusal(content)


def test_macros_and_links_are_left_alone_and_said():
    others = {"xl/vbaProject.bin": b"\xd0\xcf", "xl/externalLinks/externalLink1.xml": "<externalLink/>"}
    book = read_book(xlsx(HEADER + good_row(), others))
    assert [finding.message.split(";")[0] for finding in book.findings] == [
        "The file carries macros",
        "The file links to other files",
    ]
    assert book.sheets[0].value(1, 3) == 7.58


def test_formulas_are_read_as_their_saved_values_and_those_without_are_marked():
    cells = '<row r="3"><c r="C3"><f>1+1</f><v>2</v></c><c r="D3"><f>C3*2</f></c>'
    cells += '<c r="E3" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>'
    sheet = read_book(xlsx(HEADER + good_row() + cells)).sheets[0]
    assert sheet.value(2, 2) == 2
    assert sheet.unvalued == {(2, 3)}
    assert sheet.errors == {(2, 4): "#DIV/0!"}


def test_a_lone_cell_far_away_is_refused_and_costs_nothing():
    assert "XFD1048576" in refusal(xlsx(HEADER + good_row() + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'))


def test_a_million_formatted_empty_rows_are_no_hindrance():
    rows = "".join(f'<row r="{row}"/>' for row in range(3, 1_048_577))
    assert len(read_book(xlsx(HEADER + good_row() + rows)).sheets[0].rows) == 2


def test_too_many_rows_are_refused_with_the_way_out():
    rows = "".join(f'<row r="{row}"><c r="A{row}"><v>1</v></c></row>' for row in range(3, 30_000))
    assert "tidy CSV" in refusal(xlsx(HEADER + rows))
    assert "tidy CSV" in refusal(b"a;b\n" + b"1;2\n" * 30_000)
    assert "tidy CSV" in refusal(ods(ods_row("a", 1.0, repeated=1_048_576)))


def test_what_slips_past_the_survey_is_stopped_by_the_bound_process():
    limits = Limits(memory=150 << 20)
    spaces = "xmlns:x='http://schemas.openxmlformats.org/spreadsheetml/2006/main'"
    hidden = f"<row r='3'><x:c {spaces} r='XFD1048576'><x:v>1</x:v></x:c></row>"
    assert "memory" in refusal(xlsx(HEADER + good_row() + hidden), limits)


def test_long_texts_and_large_files_are_refused():
    assert "signs" in refusal(b"a;b\n" + b"x" * 40_000 + b";1")
    assert "MB" in refusal(b"x" * 2_000, Limits(file_bytes=1_000))


def test_merged_areas_stay_inside_the_rows():
    sheet = read_book(merged_headers().content).sheets[0]
    assert all(area.bottom < len(sheet.rows) for area in sheet.merged)
