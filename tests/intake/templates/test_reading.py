"""A filled-in template comes back exactly; what can't be read is named at its cell; a torn one is refused in words."""

from __future__ import annotations

import io
import shutil
import subprocess
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from kpi.intake.marking.writing import marked
from kpi.intake.sheets.grid import read_book
from kpi.intake.templates.reading import tidy_of
from kpi.intake.templates.stated import indicators_of
from kpi.intake.templates.writing import template
from kpi.model import AggregationOverPeriods, Indicator, Polarity, Unit
from kpi.periods import Period
from kpi.views.definitions import definitions_of
from tests.store.building import CODE, definitions, figure, published

SEPTEMBER = Period.parse("2026-09")


@pytest.fixture
def blank(office) -> bytes:
    return template(office, CODE, "DINAS", SEPTEMBER, "id")


def rows(content) -> dict[tuple[str, str, date], dict[str, object]]:
    return {(row["unit_code"], row["indicator_code"], row["period_end"]): row for row in content.rows.to_pylist()}


def row_of(content, code: str, end: date = date(2026, 9, 30)) -> dict[str, object]:
    return {name: value for name, value in rows(content)["DINAS", code, end].items() if value is not None}


def messages(content) -> list[str]:
    return [finding.message for finding in content.findings]


@pytest.mark.parametrize("language", ["id", "en"])
def test_an_untouched_template_says_what_is_known_and_no_more(office, read, language):
    content = read(template(office, CODE, "DINAS", SEPTEMBER, language))
    reported = office.measurements(CODE, unit_codes=["DINAS"], first=date(2026, 9, 1), last=date(2026, 12, 31))
    known = {
        (row["indicator_code"], row["period_end"].date()): (row["value"], row["target"], row["target_high"])
        for row in reported.astype(object).where(reported.notna(), None).to_dict("records")
    }

    assert not content.findings
    assert (content.organisation_code, content.unit_code, content.period) == (CODE, "DINAS", SEPTEMBER)
    assert {
        (code, end): (row["value"], row["target"], row["target_high"]) for (_, code, end), row in rows(content).items()
    } == known
    assert row_of(content, "BOR")["note"] == "=cmd|' /C calc'!A0"
    assert indicators_of(content.definitions, definitions_of(office, CODE), CODE) == ({}, ())


def test_a_value_typed_in_comes_back_with_its_cell(blank, filled, read):
    content = read(filled(blank, "Isian", {("BOR", "value"): 68.25, ("BOR", "note"): "Ruang ditambah"}))
    places = {
        source["field"]: (source["sheet"], source["cell"])
        for source in content.sources.to_pylist()
        if content.rows["indicator_code"][source["line"]].as_py() == "BOR"
    }

    assert row_of(content, "BOR")["value"] == 68.25
    assert row_of(content, "BOR")["note"] == "Ruang ditambah"
    assert places["value"] == ("Isian", "P8")
    assert not content.is_refused


def test_parts_need_no_value_though_the_formula_was_never_computed(blank, filled, read):
    content = read(filled(blank, "Isian", {("TEPAT", "numerator"): 47, ("TEPAT", "denominator"): 50}))

    assert row_of(content, "TEPAT") == {
        "unit_code": "DINAS", "indicator_code": "TEPAT", "period_start": date(2026, 9, 1),
        "period_end": date(2026, 9, 30), "target": 93.0, "numerator": 47.0, "denominator": 50.0, "weight": 60.0,
    }  # fmt: skip
    assert not content.findings


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        pytest.param("68,5", 68.5, id="text with a decimal comma"),
        pytest.param("n/a", None, id="a word for missing"),
        pytest.param("-", None, id="a dash"),
        pytest.param("", None, id="an emptied cell"),
        pytest.param(0, 0.0, id="zero is zero"),
    ],
)
def test_cells_are_read_as_people_fill_them_in(blank, filled, read, typed, expected):
    content = read(filled(blank, "Isian", {("BOR", "value"): typed}))

    assert row_of(content, "BOR").get("value") == expected
    assert not content.is_refused


@pytest.mark.parametrize(
    ("key", "typed", "words"),
    [
        pytest.param("value", "1.234", "'1.234' can be 1234 or 1.234", id="two ways"),
        pytest.param("value", "banyak", "'banyak' is no number", id="a word"),
        pytest.param("value", "60-70", "range, which only a target can be", id="a range as value"),
        pytest.param("period", "entah", "'entah' is no period", id="a period that is none"),
        pytest.param("period", "0000-01", "'0000-01' is no period", id="a year that is none"),
        pytest.param("indicator_code", None, "no indicator code", id="no code"),
    ],
)
def test_what_cannot_be_read_is_named_at_its_cell(blank, filled, read, key, typed, words):
    content = read(filled(blank, "Isian", {("BOR", key): typed}))
    finding = next(finding for finding in content.findings if words in finding.message)

    assert content.is_refused
    assert finding.sheet == "Isian"
    assert finding.cell is not None
    assert finding.cell.endswith("8")


def test_a_percent_is_read_as_shown_and_refused_where_the_row_counts_something_else(blank, read):
    book = openpyxl.load_workbook(io.BytesIO(blank))
    for cell in ("P8", "L10"):
        book["Isian"][cell].value = 0.685
        book["Isian"][cell].number_format = "0.0%"
    stream = io.BytesIO()
    book.save(stream)
    content = read(stream.getvalue())

    assert row_of(content, "BOR")["value"] == 68.5
    assert any("written in percent" in message for message in messages(content))


def test_a_level_is_read_by_its_word(office, filled, read):
    december = template(office, CODE, "DINAS", Period.parse("2026-12"), "id")
    content = read(filled(december, "Isian", {("OPINI", "value"): "wdp"}))

    assert row_of(content, "OPINI", date(2026, 12, 31))["value"] == 3.0
    refused = read(filled(december, "Isian", {("OPINI", "value"): "baik"}))
    assert "'baik' is none of the levels WTP, WDP, TW, TMP. Choose one of the list." in messages(refused)


def test_a_new_indicator_is_stated_with_targets_and_weight(office, blank, filled, read):
    empty = "14"  # the first of the empty rows, below the six stated indicators
    cells = {
        (empty, "indicator_code"): "BARU", (empty, "name"): "Indikator baru", (empty, "unit_of_measure"): "orang",
        (empty, "polarity"): "Makin tinggi makin baik", (empty, "grain"): "Triwulan", (empty, "weight"): 10,
        (empty, "target:2026"): 120, (empty, "target:2028"): "150–160", (empty, "definition"): "=SUM(1)",
        (empty, "aggregation_over_periods"): "Periode dijumlahkan", (empty, "decimals"): 0,
    }  # fmt: skip
    content = read(filled(blank, "Definisi", cells))
    new, faults = indicators_of(content.definitions, definitions_of(office, CODE), CODE)

    assert not content.is_refused
    assert not faults
    assert list(new) == ["BARU"]
    assert (new["BARU"].name, new["BARU"].unit_of_measure, new["BARU"].polarity) == (
        "Indikator baru", "orang", Polarity.MAXIMIZE,
    )  # fmt: skip
    assert (new["BARU"].grain, new["BARU"].decimals) == ("quarter", 0)
    assert new["BARU"].aggregation_over_periods is AggregationOverPeriods.SUM
    assert row_of(content, "BARU", date(2026, 12, 31))["target"] == 120.0
    assert row_of(content, "BARU", date(2026, 12, 31))["weight"] == 10.0
    later = row_of(content, "BARU", date(2028, 12, 31))
    assert (later["target"], later["target_high"]) == (150.0, 160.0)
    assert content.rows.num_rows > content.entry_count


def test_a_direction_is_stated_and_an_emptied_cell_changes_nothing(office, blank, filled, read):
    content = read(filled(blank, "Definisi", {("AKB", "polarity"): "Higher is better", ("AKB", "name"): None}))
    changed, faults = indicators_of(content.definitions, definitions_of(office, CODE), CODE)

    assert not faults
    assert list(changed) == ["AKB"]
    assert (changed["AKB"].polarity, changed["AKB"].name) == (Polarity.MAXIMIZE, "Angka kematian")


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        pytest.param({("AKB", "polarity"): "entah"}, "'entah' is not in the list", id="no word of the list"),
        pytest.param({("AKB", "multiplier"): 7}, "multiplier is one of", id="a strange multiplier"),
        pytest.param({("AKB", "decimals"): 1.5}, "whole number from 0 to 4", id="half a decimal"),
        pytest.param({("AKB", "ordinal_levels"): "WTP=4"}, "levels can't be read", id="levels"),
        pytest.param({("14", "name"): "Tanpa kode"}, "without a code", id="no code"),
        pytest.param({("14", "indicator_code"): "AKB", ("14", "name"): "Lain"}, "stated differently", id="twice"),
        pytest.param({("AKB", "weight"): 5, ("AKB", "indicator_code"): "LEPAS"}, "no figure of 2026", id="lone weight"),
    ],
)
def test_a_statement_that_cannot_be_is_named(blank, filled, read, cells, words):
    content = read(filled(blank, "Definisi", cells))

    assert content.is_refused
    assert any(words in message for message in messages(content)), messages(content)


def test_a_new_indicator_needs_a_sound_code_and_a_name(office, blank, filled, read):
    content = read(filled(blank, "Definisi", {("14", "indicator_code"): "a b"}))
    _, faults = indicators_of(content.definitions, definitions_of(office, CODE), CODE)

    assert [fault.message for fault in faults] == [
        "'a b' can't be a code. Use capitals, digits and underscores, at most 40.",
        "The new indicator a b has no name.",
    ]


def test_a_target_that_both_sheets_state_must_be_the_same(office, filled, read):
    december = template(office, CODE, "DINAS", Period.parse("2026-12"), "id")

    assert not read(december).is_refused
    differing = read(filled(december, "Definisi", {("OPINI", "target:2026"): "WDP"}))
    assert any("The target of 2026 is another one in Isian" in message for message in messages(differing))


def test_rows_may_be_sorted_and_deleted_and_sheets_renamed(blank, read):
    book = openpyxl.load_workbook(io.BytesIO(blank))
    sheet = book["Isian"]
    sheet.title = "September"
    book["Definisi"].title = "Kamus"
    first = [cell.value for cell in sheet[8]]
    for column, value in enumerate(first, start=1):
        sheet.cell(30, column).value = value
    sheet.delete_rows(8)
    stream = io.BytesIO()
    book.save(stream)
    content = read(stream.getvalue())

    assert row_of(content, "BOR")["value"] == 71.5
    assert not content.is_refused


def test_the_same_figure_twice_is_refused(blank, read):
    book = openpyxl.load_workbook(io.BytesIO(blank))
    sheet = book["Isian"]
    for column, cell in enumerate(sheet[8], start=1):
        sheet.cell(30, column).value = cell.value
    stream = io.BytesIO()
    book.save(stream)

    assert "BOR in Triwulan III 2026 stands in this sheet twice. Remove one of the two rows." in messages(
        read(stream.getvalue())
    )


@pytest.mark.parametrize(
    ("tear", "words"),
    [
        pytest.param(lambda book: book.remove(book["Isian"]), "sheet of figures is missing", id="no entry sheet"),
        pytest.param(lambda book: book["Isian"].delete_rows(6), "sheet of figures is missing", id="no names"),
        pytest.param(lambda book: book["Isian"].delete_cols(12), "column 'target' is missing", id="no target"),
        pytest.param(lambda book: book["_kpi"].delete_rows(2, 3), "hidden sheet was changed", id="no unit"),
        pytest.param(lambda book: book["_kpi"].__setitem__("B1", "9"), "version 9", id="another version"),
        pytest.param(
            lambda book: book["Definisi"].__setitem__("E6", "indicator_code"), "stands twice", id="a column twice"
        ),
    ],
)
def test_a_torn_template_is_refused_in_words(blank, read, tear, words):
    book = openpyxl.load_workbook(io.BytesIO(blank))
    tear(book)
    stream = io.BytesIO()
    book.save(stream)
    content = read(stream.getvalue())

    assert content.is_refused
    assert any(words in message for message in messages(content)), messages(content)


def test_without_the_sheet_of_definitions_the_figures_are_still_read(blank, read):
    book = openpyxl.load_workbook(io.BytesIO(blank))
    book.remove(book["Definisi"])
    stream = io.BytesIO()
    book.save(stream)
    content = read(stream.getvalue())

    assert not content.is_refused
    assert content.rows.num_rows == content.entry_count == 4


def test_another_workbook_is_no_template():
    book = openpyxl.Workbook()
    book.active["A1"] = "kpi"  # type: ignore[index]  # a new book has an active sheet
    stream = io.BytesIO()
    book.save(stream)

    assert tidy_of(read_book(stream.getvalue(), "lain.xlsx")) is None


@pytest.mark.parametrize("number", [200 / 7, 0.1 + 0.2, 1e-7 / 3, 123456789.12345679, 1 / 3])
def test_a_number_keeps_all_its_digits(tmp_path, filled, read, number):
    rows_of_it = [
        figure("A", "X", "2026-09", number, target=number, weight=number),
        figure("A", "X", "2026", None, target=number),
    ]
    known = definitions([Unit(CODE, "A", "Alfa")], [Indicator(CODE, "X", "Iks", grain="month")])
    blank = template(published(tmp_path, known, rows_of_it), CODE, "A", SEPTEMBER, "id")
    shortened = filled(blank, "Isian", {("X", "value"): float(f"{number:.15g}")})

    for content in (read(blank), read(shortened), read(marked(blank, [], [], "id"))):
        found = content.rows.to_pylist()
        assert [row["target"] for row in found] == [number, number]
        assert (found[0]["value"], found[0]["weight"]) == (number, number)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_template_that_libreoffice_saved_reads_the_same(blank, read, filled, tmp_path: Path):
    before = filled(blank, "Isian", {("TEPAT", "numerator"): 47, ("TEPAT", "denominator"): 50})
    (tmp_path / "isian.xlsx").write_bytes(before)
    subprocess.run(
        ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to", "ods",
         "--outdir", str(tmp_path), str(tmp_path / "isian.xlsx")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    content = read((tmp_path / "isian.ods").read_bytes())

    assert not content.findings
    assert row_of(content, "TEPAT")["value"] == pytest.approx(94.0)
    assert list(rows(content)) == list(rows(read(before)))


SAID = {"cause": "Petugas kurang", "follow_up": "Tambah petugas", "owner": "Kepala Bidang", "due": "2026-12-31"}


def said_of(code: str, **more: object) -> dict[tuple[str, str], object]:
    return {(code, column): text for column, text in {**SAID, **more}.items()}


def test_what_is_said_of_a_figure_comes_back_with_it(blank, filled, read):
    content = read(filled(blank, "Isian", {("BOR", "value"): 50, **said_of("BOR", obstacle="=2+3")}))

    assert not content.is_refused
    (comment,) = content.comments
    assert (comment.unit_code, comment.indicator_code, comment.grain) == ("DINAS", "BOR", "quarter")
    assert (comment.cause, comment.owner, comment.due) == ("Petugas kurang", "Kepala Bidang", date(2026, 12, 31))


def test_a_day_that_a_spreadsheet_made_a_date_of_is_read_all_the_same(blank, filled, read):
    (comment,) = read(filled(blank, "Isian", said_of("TEPAT", due=datetime(2026, 11, 30)))).comments  # noqa: DTZ001
    assert comment.due == date(2026, 11, 30)


@pytest.mark.parametrize(
    ("wrong", "cell", "said"),
    [
        ({"follow_up": ""}, "U8", "is empty. Fill it in."),
        ({"due": "akhir tahun"}, "W8", "'akhir tahun' is no date. Write it as 2026-09-30."),
        ({"due": "2026-01-31"}, "W8", "2026-01-31 lies before the period begins"),
    ],
)
def test_a_half_written_comment_is_named_at_its_cell(blank, filled, read, wrong, cell, said):
    content = read(filled(blank, "Isian", said_of("BOR", **wrong)))

    assert content.is_refused
    assert content.comments == ()
    assert [finding.cell for finding in content.findings] == [cell]
    assert messages(content)[0].startswith(said)
