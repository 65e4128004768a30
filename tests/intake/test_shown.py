"""How a file's cells are shown: each with how it was read, faults on top."""

from __future__ import annotations

from kpi.access import LOCAL
from kpi.intake import ImportOptions, Source, propose
from kpi.intake.sheets.cells import place
from kpi.intake.shown import Kind, sheet_names, shown_sheet
from tests.intake.sheets.workbooks import merged_headers, months_as_text, tidy_semicolon
from tests.intake.test_proposal import TIDY, known_store, upload

__all__ = ["known_store"]


def shown(store, content: bytes, name: str, sheet: str, rows: tuple[int, int] = (0, 40)):
    proposal = propose(store, LOCAL, [Source.upload(name, content)], ImportOptions("KEM"))
    return shown_sheet(proposal.judgement.files[0], sheet, *rows)


def kind_at(sheet, cell: str) -> Kind | None:
    found = sheet.cells.get(place(cell))
    return found.kind if found else None


def test_each_cell_is_shown_by_how_it_was_read(known_store):
    sheet = shown(known_store, merged_headers().content, "iku.xlsx", "Lampiran I")

    assert {cell: kind_at(sheet, cell) for cell in ("F9", "G9", "D9", "B9", "F5", "F6", "A1", "A12", "D11", "A4")} == {
        "F9": Kind.TARGET,
        "G9": Kind.VALUE,
        "D9": Kind.VALUE,
        "B9": Kind.NAME,
        "F5": Kind.HEADER,
        "F6": Kind.HEADER,
        "A1": Kind.IGNORED,
        "A12": Kind.IGNORED,
        "D11": Kind.MISSING,
        "A4": None,
    }
    assert kind_at(sheet, "H10") in (Kind.CHECKED, Kind.DOUBTFUL)


def test_a_number_written_as_text_is_shown_with_what_was_read(known_store):
    sheet = shown(known_store, months_as_text().content, "bkad.xlsx", "Realisasi")
    spot = place("D6")

    assert spot is not None
    assert (sheet.cells[spot].text, sheet.cells[spot].number) == ("Rp 1.250.000", 1_250_000.0)


def test_an_error_weighs_more_than_a_warning_and_marks_its_cell(known_store):
    table = "Indikator;Satuan;Target 2025;Realisasi 2025\nPrevalensi Stunting;%;14;Nihil\nAngka Baru;%;1;2\n"
    sheet = shown(known_store, table.encode(), "x.csv", "csv")

    assert kind_at(sheet, "D2") is Kind.ERROR
    assert Kind.ERROR in sheet.kinds


def test_rows_are_shown_page_by_page(known_store):
    sheet = shown(known_store, tidy_semicolon().content, "rapi.csv", "csv", (2, 2))

    assert {row for row, _ in sheet.cells} == {2, 3}
    assert (sheet.first, sheet.row_count) == (2, 6)


def test_a_file_that_is_read_straight_has_no_cells_to_show(known_store):
    proposal = propose(known_store, LOCAL, upload(TIDY.format("17")), ImportOptions("KEM"))

    assert sheet_names(proposal.judgement.files[0]) == ()
