import hashlib
from pathlib import Path

import pytest

from kpi.errors import RefusedFile
from kpi.intake import csv_file as reader
from kpi.intake.readers import read_sheet

SHORT = "unit_code,indicator_code,period_start,period_end,value,note"
ROW = "A,I,2024-01-01,2024-12-31,1,"


def lines_of(path: Path) -> list[int]:
    return read_sheet(path).lines.tolist()


def test_the_first_row_stands_on_line_2(csv_file):
    assert lines_of(csv_file(SHORT, ROW, ROW)) == [2, 3]


def test_a_file_without_a_last_line_break_is_read_whole(csv_file):
    assert lines_of(csv_file(SHORT, ROW, ROW.encode())) == [2, 3]


def test_blank_lines_are_no_rows_and_still_count_as_lines(csv_file):
    assert lines_of(csv_file(SHORT, "", ROW, "", "", ROW, "", "")) == [3, 6]


def test_a_row_with_a_line_break_in_quotes_stands_where_it_begins(csv_file):
    path = csv_file(SHORT, 'A,I,2024-01-01,2024-12-31,1,"two\nlines"', ROW)

    assert lines_of(path) == [2, 4]
    assert read_sheet(path).columns["note"].to_pylist() == ["two\nlines", ""]


def test_lines_of_windows_and_of_old_macs_are_counted_alike(csv_file):
    assert lines_of(csv_file("\r\n".join((SHORT, ROW, "", ROW)).encode())) == [2, 4]
    assert lines_of(csv_file("\r".join((SHORT, ROW, ROW)).encode())) == [2, 3]


def test_a_byte_order_mark_is_no_part_of_the_first_column(csv_file):
    assert "unit_code" in read_sheet(csv_file("\ufeff" + SHORT, ROW)).columns


def test_both_ways_of_reading_give_the_same_cells(csv_file):
    plain = csv_file(SHORT, 'A,I,2024-01-01,2024-12-31,1,"says ""yes"", twice"', ROW, name="plain.csv")
    blank = csv_file(SHORT, 'A,I,2024-01-01,2024-12-31,1,"says ""yes"", twice"', "", ROW, name="blank.csv")

    for name in ("unit_code", "value", "note"):
        assert read_sheet(plain).columns[name].to_pylist() == read_sheet(blank).columns[name].to_pylist()


def test_column_names_are_read_without_regard_to_capitals_and_spaces(csv_file):
    assert "period_start" in read_sheet(csv_file(SHORT.replace("period_start", " Period_Start "), ROW)).columns


def test_a_row_that_does_not_fit_the_header_is_named_with_its_line(csv_file):
    sheet = read_sheet(csv_file(SHORT, ROW, "A,I,2024-01-01", ROW + ",,x"))

    assert sheet.ragged == {1: 3, 2: 8}
    assert sheet.lines.tolist() == [2, 3, 4]


def test_a_quotation_mark_that_never_closes_is_refused_with_its_line(csv_file):
    with pytest.raises(RefusedFile, match="begins on line 3") as refused:
        read_sheet(csv_file(SHORT, ROW, 'A,I,2024-01-01,2024-12-31,1,"open', ROW))

    assert refused.value.line == 3


@pytest.mark.parametrize("before", [0, 1, 7])
def test_bytes_that_are_not_utf_8_are_named_with_byte_and_line(csv_file, monkeypatch, before):
    monkeypatch.setattr(reader, "_BLOCK", 16)
    good = "é" * before
    content = f"{SHORT}\nA,I,2024-01-01,2024-12-31,1,{good}".encode() + b"\xe9 x\n"

    with pytest.raises(RefusedFile, match="not UTF-8") as refused:
        read_sheet(csv_file(content))

    place = content.index(b"\xe9 x") + 1
    assert f"byte {place} " in str(refused.value)
    assert refused.value.line == 2


def test_a_file_that_ends_within_a_letter_is_not_utf_8(csv_file):
    with pytest.raises(RefusedFile, match="not UTF-8"):
        read_sheet(csv_file(SHORT, f"{ROW}é".encode()[:-1]))


def test_the_digest_is_that_of_the_bytes(csv_file):
    path = csv_file(SHORT, ROW)

    assert read_sheet(path).digest == hashlib.sha256(path.read_bytes()).hexdigest()


def test_rows_are_given_back_as_they_were_written(csv_file):
    path = csv_file(SHORT, ROW, "", 'B,I,2024-01-01,2024-12-31, 1.50 ,"a, b"', ROW)

    assert list(read_sheet(path).source.rows([1])) == [["B", "I", "2024-01-01", "2024-12-31", " 1.50 ", "a, b"]]
