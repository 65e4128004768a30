"""What a template holds and looks like: the right rows, cells to fill in, limits, help; nothing in it is live."""

from __future__ import annotations

import io

import openpyxl
import pytest

from kpi.errors import UnknownCode
from kpi.intake.templates.content import Filling, content_of
from kpi.intake.templates.writing import template
from kpi.periods import Period
from tests.store.building import CODE

SEPTEMBER = Period.parse("2026-09")


def entries(office, period="2026-09", unit="DINAS", **more):
    content = content_of(office, CODE, unit, Period.parse(period), **more)
    return {(entry.unit_code, entry.indicator.indicator_code, entry.period.code): entry for entry in content.entries}


def opened(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def shown(sheet, code: str, key: str):
    keys = {sheet.cell(6, column).value: column for column in range(1, sheet.max_column + 1)}
    row = next(row for row in range(8, sheet.max_row + 1) if sheet.cell(row, keys["indicator_code"]).value == code)
    return sheet.cell(row, keys[key])


def test_a_month_holds_every_own_period_that_ends_in_it(office):
    assert sorted(key[1:] for key in entries(office)) == [
        ("AKB", "2026-09"),
        ("BOR", "2026-Q3"),
        ("KASUS", "2026-09"),
        ("TEPAT", "2026-09"),
    ]


def test_a_year_holds_all_its_months_and_skips_what_is_not_due(office):
    found = entries(office, "2026")

    assert sum(key[1] == "TEPAT" for key in found) == 12
    assert ("DINAS", "OPINI", "2026") in found
    assert not any(key[1] == "SENSUS" for key in found)  # every two years, and 2025 had one
    assert ("DINAS", "SENSUS", "2027") in entries(office, "2027")


def test_each_row_says_how_its_figure_comes_about(office):
    found = {code: entry.filling for (_, code, _), entry in entries(office).items()}

    assert found == {
        "TEPAT": Filling.PARTS,
        "BOR": Filling.VALUE,
        "KASUS": Filling.FROM_BELOW,
        "AKB": Filling.COMPUTED,
    }


def test_the_last_value_and_that_of_a_year_before_stand_beside(office):
    row = entries(office)["DINAS", "TEPAT", "2026-09"]

    assert (row.last, row.last_period, row.year_before) == (90.0, Period.parse("2026-08"), 80.0)


def test_units_below_come_on_wish(office):
    assert ("PUSAT", "KASUS", "2026-09") not in entries(office)
    assert ("PUSAT", "KASUS", "2026-09") in entries(office, with_units_below=True)


def test_an_unknown_unit_is_refused_with_the_closest(office):
    with pytest.raises(UnknownCode, match="Did you mean 'DINAS'"):
        template(office, CODE, "DINES", SEPTEMBER, "id")


def test_what_is_to_be_filled_in_is_open_and_the_rest_is_protected(office):
    sheet = opened(template(office, CODE, "DINAS", SEPTEMBER, "id"))["Isian"]

    assert sheet.protection.sheet
    assert not shown(sheet, "BOR", "value").protection.locked
    assert not shown(sheet, "TEPAT", "numerator").protection.locked
    assert shown(sheet, "KASUS", "value").protection.locked
    assert shown(sheet, "BOR", "numerator").protection.locked
    assert shown(sheet, "BOR", "last").protection.locked
    assert sheet.freeze_panes == "F8"


def test_numbers_are_limited_in_words_and_levels_are_listed(office):
    sheet = opened(template(office, CODE, "DINAS", Period.parse("2026-12"), "id"))["Isian"]
    rules = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}
    value = rules[shown(sheet, "TEPAT", "target").coordinate]
    level = rules[shown(sheet, "OPINI", "value").coordinate]

    assert (value.type, value.formula1, value.formula2) == ("decimal", "0.0", "100.0")
    assert value.prompt == "Angka, dalam persen. Dari 0 sampai 100."
    assert level.formula1 == '"WTP,WDP,TW,TMP"'
    assert shown(sheet, "OPINI", "target").value == "WTP"


def test_no_text_from_outside_becomes_a_formula(office):
    book = opened(template(office, CODE, "DINAS", SEPTEMBER, "id", with_units_below=True))
    formulas = {
        str(cell.value)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f" and not str(cell.value).startswith(("=IF(", '="', "=_kpi!"))
    }

    assert formulas == set()
    note = shown(book["Isian"], "BOR", "note")
    assert (note.value, note.data_type, note.quotePrefix) == ("=cmd|' /C calc'!A0", "s", True)
    assert book["Petunjuk"]["A2"].data_type == "s"


def test_both_languages_say_the_same_things(office):
    indonesian = opened(template(office, CODE, "DINAS", SEPTEMBER, "id"))
    english = opened(template(office, CODE, "DINAS", SEPTEMBER, "en"))

    assert indonesian.sheetnames == ["Isian", "Definisi", "Petunjuk", "_kpi"]
    assert english.sheetnames == ["Entry", "Definitions", "Guide", "_kpi"]
    assert english["Guide"].max_row == indonesian["Petunjuk"].max_row
    assert indonesian["_kpi"].sheet_state == "veryHidden"
    assert indonesian["Petunjuk"]["A4"].value == "Ringkasnya"


def test_the_sum_of_the_weights_is_a_formula_with_words(office):
    said = opened(template(office, CODE, "DINAS", SEPTEMBER, "en"))["Definitions"]["A4"].value

    assert "SUM($H$8:" in said
    assert "exactly 100" in said
    assert "not 100" in said


def test_a_synthetic_organisation_is_named_so_on_every_sheet(small_store):
    from kpi.store.snapshot import Snapshot

    book = opened(template(Snapshot.open(small_store), "KOTA", "DISDIK", Period.parse("2026-Q3"), "id"))

    assert book["Isian"]["A5"].value.startswith("DATA CONTOH")
    assert book["Definisi"]["A5"].value.startswith("DATA CONTOH")
    assert book["Petunjuk"]["A3"].value.startswith("DATA CONTOH")
    assert "DATA CONTOH" in book["Isian"].oddFooter.center.text
    assert "SAMPLE" not in str(book["Isian"].oddFooter.left.text)
