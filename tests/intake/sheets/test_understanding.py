"""Whole files: the five workbooks give what was written by hand, and what can't be known is asked about."""

from __future__ import annotations

import csv as csv_module
from datetime import date

import pytest

from kpi.errors import UsageError
from kpi.intake.sheets.achievement_check import Difference
from kpi.intake.sheets.findings import Severity
from kpi.intake.sheets.headers import Role
from kpi.intake.sheets.layout import LayoutKind
from kpi.intake.sheets.mapping import mapping_from_toml, mapping_of, to_toml
from kpi.intake.sheets.names import KnownCodes
from kpi.intake.sheets.tidy import TIDY
from kpi.intake.sheets.understanding import UnderstandOptions, Understood, understand
from kpi.model import Polarity
from tests.intake.sheets.workbooks import ALL, KNOWN, merged_headers, months_as_text, quarters_with_achievement

NO_INDICATORS = KnownCodes(units=KNOWN.units)


def rows(understood: Understood) -> list[tuple[object, ...]]:
    fields = ("unit_code", "indicator_code", "period_start", "period_end", "value", "target")
    return [tuple(row[name] for name in fields) for row in understood.table.to_pylist()]


def messages(understood: Understood, severity: Severity = Severity.ERROR) -> str:
    return "\n".join(
        f"{found.sheet} {found.cell} {found.message}" for found in understood.findings if found.severity is severity
    )


def csv(*lines: str) -> bytes:
    return "\n".join(lines).encode()


@pytest.mark.parametrize("make", ALL, ids=lambda make: make.__name__)
def test_each_workbook_gives_the_rows_written_by_hand(make):
    workbook = make()
    understood = understand(workbook.content, KNOWN, name=workbook.name)
    assert rows(understood) == workbook.rows
    assert understood.table.schema == TIDY
    assert not understood.is_refused, messages(understood)


@pytest.mark.parametrize("make", ALL, ids=lambda make: make.__name__)
def test_what_was_understood_given_back_as_a_mapping_reads_the_same(make):
    workbook = make()
    first = understand(workbook.content, KNOWN, name=workbook.name)
    mapping = mapping_from_toml(to_toml(first.mapping))
    second = understand(workbook.content, KNOWN, UnderstandOptions(mapping=mapping), name=workbook.name)
    assert second.table.equals(first.table)
    assert second.sources.equals(first.sources)
    assert second.mapping == first.mapping


def test_every_number_leads_to_its_cell():
    understood = understand(merged_headers().content, KNOWN)
    cells = {(row["line"], row["field"]): (row["sheet"], row["cell"]) for row in understood.sources.to_pylist()}
    assert cells[2, "value"] == ("Lampiran I", "G9")
    assert cells[2, "target"] == ("Lampiran I", "F9")
    assert cells[2, "indicator_code"] == ("Lampiran I", "B9")
    assert cells[2, "unit_code"] == ("Lampiran I", "A2")
    assert cells[2, "note"] == ("Lampiran I", "I9")
    numbers = ("value", "target")
    for line, row in enumerate(understood.table.to_pylist()):
        assert all((row[name] is not None) == ((line, name) in cells) for name in numbers)


def test_what_each_column_is_can_be_shown_before_anything_is_written():
    understood = understand(merged_headers().content, KNOWN)
    layout = understood.sheets[0].layout
    assert layout is not None
    assert (layout.kind, layout.area) == (LayoutKind.WIDE, "A5:I11")
    shown = {column.column: (column.role, column.period) for column in understood.columns}
    assert shown["D"] == (Role.VALUE, "2023")
    assert shown["F"] == (Role.TARGET, "2025")
    assert shown["H"] == (Role.ACHIEVEMENT, "2025")
    assert all(column.why for column in understood.columns)


def test_each_cell_says_how_it_was_read():
    understood = understand(months_as_text().content, KNOWN)
    readings = {cell.cell: cell.reading for cell in understood.cells}
    assert (readings["D5"], readings["M5"], readings["M6"]) == ("written", "missing", "missing")


def test_the_files_own_achievement_is_compared_and_each_difference_explained():
    understood = understand(quarters_with_achievement().content, KNOWN)
    found = {one.figure.cell(Role.ACHIEVEMENT): one.difference for one in understood.achievements}
    assert found == {
        "F6": None,
        "I6": None,
        "L6": Difference.OTHER_CAP,
        "F7": Difference.OTHER_FORMULA,
        "I7": Difference.OTHER_FORMULA,
        "L7": Difference.WRONG_CELL,
    }


def test_a_cell_that_reads_in_two_ways_is_asked_about_and_the_answer_settles_it():
    content = csv("Indikator;Satuan;Target 2025;Realisasi 2025", "Angka Kematian Ibu (AKI);;84;1.234")
    asked = understand(content, KNOWN, UnderstandOptions(unit="DINKES"))
    assert asked.is_refused
    assert "D2 '1.234' can be 1234 (decimal comma) or 1.234 (decimal point)" in messages(asked)
    assert rows(asked)[0][4] is None
    answer = mapping_of({"sheets": {"csv": {"columns": {"D": {"numbers": "decimal_point"}}}}})
    settled = understand(content, KNOWN, UnderstandOptions(unit="DINKES", mapping=answer))
    assert rows(settled)[0][4] == 1.234
    assert not settled.is_refused


def test_without_a_year_or_a_unit_the_file_asks_for_them():
    content = csv("Indikator;Satuan;Target;Realisasi", "Prevalensi Stunting;%;14;17,2")
    asked = understand(content, KNOWN)
    assert "no year is stated" in messages(asked)
    told = understand(content, KNOWN, UnderstandOptions(unit="Dinas Kesehatan", year=2025))
    assert rows(told) == [("DINKES", "STUNTING", date(2025, 1, 1), date(2025, 12, 31), 17.2, 14.0)]
    assert "state a unit" in messages(understand(content, KNOWN, UnderstandOptions(year=2025)))


def test_a_given_unit_or_year_that_the_sheet_contradicts_is_an_error():
    content = quarters_with_achievement().content
    assert "about 'Dinas Kesehatan'" in messages(understand(content, KNOWN, UnderstandOptions(unit="DISDIK")))
    assert "2025" in messages(understand(content, KNOWN, UnderstandOptions(year=2024)))


def test_close_names_are_proposed_and_a_confirmation_settles_them():
    content = csv("OPD;Indikator;Target 2025", "Dinas Kesehatn;Prevalensi Stuntng;14")
    asked = understand(content, KNOWN, UnderstandOptions(create=True))
    assert "close to DINKES" in messages(asked)
    assert "close to STUNTING" in messages(asked)
    said = mapping_of({"units": {"dinas kesehatn": "DINKES"}, "indicators": {"Prevalensi Stuntng": "new"}})
    settled = understand(content, KNOWN, UnderstandOptions(mapping=said))
    assert rows(settled)[0][:2] == ("DINKES", "PREVALENSI_STUNTNG")


def test_unknown_names_are_listed_and_become_codes_only_when_asked():
    content = csv("OPD;Indikator;Target 2025", "Dinas Kebudayaan;Jumlah sanggar;14")
    assert "'Jumlah sanggar' is not known" in messages(understand(content, KNOWN))
    created = understand(content, KNOWN, UnderstandOptions(create=True))
    assert rows(created)[0][:2] == ("DINAS_KEBUDAYAAN", "JUMLAH_SANGGAR")
    assert not created.is_refused


def test_a_series_that_contradicts_the_years_realisation_is_refused():
    head = "Indikator;Satuan;2024;2025;Target 2025;Realisasi 2025"
    content = csv(head, "Prevalensi Stunting;%;18,9;16,2;14;17,2", "Angka Kematian Ibu (AKI);;90,1;81,1;84;81,07")
    understood = understand(content, KNOWN, UnderstandOptions(unit="DINKES"))
    assert "D2 The series gives 16.2 for 2025, but the realisation in F2 is 17.2" in messages(understood)
    assert "D3 The series gives 81.1 for 2025, rounded" in messages(understood, Severity.INFO)


def test_figures_from_the_start_of_the_year_are_not_read_as_a_quarters():
    content = csv("Indikator;Realisasi TW I 2025;Realisasi s.d. TW II 2025", "Prevalensi Stunting;17,2;18,2")
    understood = understand(content, KNOWN, UnderstandOptions(unit="DINKES"))
    assert [row[4] for row in rows(understood)] == [17.2]
    assert "runs from the start of the year" in messages(understood, Severity.WARNING)


def test_capaian_alone_is_asked_about():
    content = csv("Indikator;Target 2025;Capaian 2025", "Prevalensi Stunting;14;17,2")
    asked = understand(content, KNOWN, UnderstandOptions(unit="DINKES"))
    assert "'Capaian 2025' can be the value found or its share" in messages(asked)
    said = mapping_of({"sheets": {"csv": {"columns": {"C": {"role": "value"}}}}})
    assert rows(understand(content, KNOWN, UnderstandOptions(unit="DINKES", mapping=said)))[0][4] == 17.2


def test_budget_columns_are_not_taken_for_figures():
    content = csv(
        "Indikator;Target 2025;Realisasi 2025;Pagu 2025;Realisasi Anggaran 2025", "Prevalensi Stunting;14;17,2;9;8"
    )
    understood = understand(content, KNOWN, UnderstandOptions(unit="DINKES"))
    assert rows(understood) == [("DINKES", "STUNTING", date(2025, 1, 1), date(2025, 12, 31), 17.2, 14.0)]
    assert "'Realisasi Anggaran 2025' is not understood" in messages(understood, Severity.WARNING)


def test_a_unit_written_in_the_cell_must_be_that_of_the_row():
    content = csv("Indikator;Satuan;Realisasi 2025", "Rata-rata Lama Sekolah;tahun;7,5 %", "Prevalensi Stunting;;17 %")
    understood = understand(content, KNOWN, UnderstandOptions(unit="DINKES"))
    assert "C2 '7,5 %' is written in persen" in messages(understood)
    assert "C3" not in messages(understood)


def test_section_rows_may_name_the_unit_and_blank_unit_cells_take_the_one_above():
    sections = csv(
        "Indikator;Target 2025", "DINAS KESEHATAN;", "Prevalensi Stunting;14", "Dinas Pendidikan;", "RLS;7,6"
    )
    assert [row[0] for row in rows(understand(sections, KNOWN))] == ["DINKES", "DISDIK"]
    blanks = csv("OPD;Indikator;Target 2025", "Dinas Kesehatan;STUNTING;14", ";AKI;84")
    understood = understand(blanks, KNOWN)
    assert [row[0] for row in rows(understood)] == ["DINKES", "DINKES"]
    assert "A3 The unit is not stated" in messages(understood, Severity.INFO)


def test_targets_and_realisations_on_two_sheets_join():
    lines = ["OPD;Indikator;Tahun;Target;Realisasi", "DINKES;AKI;2025;84;", "DINKES;AKI;2025;;81,07"]
    assert rows(understand(csv(*lines), KNOWN)) == [
        ("DINKES", "AKI", date(2025, 1, 1), date(2025, 12, 31), 81.07, 84.0)
    ]


def test_the_same_figure_twice_is_refused_when_it_differs():
    lines = ["OPD;Indikator;Tahun;Realisasi", "DINKES;AKI;2025;84,5", "DINKES;AKI;2025;81,07"]
    assert "B" not in messages(understand(csv(*lines[:2]), KNOWN))
    assert "D3" in messages(understand(csv(*lines), KNOWN))
    same = understand(csv(*lines[:2], lines[1]), KNOWN)
    assert not same.is_refused
    assert same.table.num_rows == 1


def test_written_dates_are_day_first_only_when_another_date_shows_it():
    head = "unit_code;indicator_code;period_start;period_end;value"
    clear = csv(head, "DINKES;AKI;01/04/2025;30/06/2025;84,5")
    assert rows(understand(clear, KNOWN))[0][2:4] == (date(2025, 4, 1), date(2025, 6, 30))
    unclear = understand(csv(head, "DINKES;AKI;01/04/2025;2025-06-30;84,5"), KNOWN)
    assert "'01/04/2025' can be 2025-04-01 or 2025-01-04" in messages(unclear)


def test_a_direction_nobody_states_is_proposed_with_its_evidence():
    head = "Indikator;Satuan;Target 2025;Realisasi 2025;Capaian (%)"
    content = csv(head, "Kasus DBD;kasus;50;60;80", "Sekolah Ramah Anak;sekolah;50;60;120", "Luas taman;ha;5;4;")
    understood = understand(content, NO_INDICATORS, UnderstandOptions(unit="DINKES", create=True))
    proposed = {proposal.indicator: proposal for proposal in understood.directions}
    assert proposed["KASUS_DBD"].polarity is Polarity.MINIMIZE
    assert [one.kind.value for one in proposed["KASUS_DBD"].evidence] == ["own_achievement", "name"]
    assert proposed["SEKOLAH_RAMAH_ANAK"].polarity is Polarity.MAXIMIZE
    assert "LUAS_TAMAN" not in proposed
    assert understood.table["polarity"].to_pylist() == [None, None, None]
    confirmed = mapping_of({"polarities": {"KASUS_DBD": "minimize"}})
    again = understand(content, NO_INDICATORS, UnderstandOptions(unit="DINKES", create=True, mapping=confirmed))
    assert again.table["polarity"].to_pylist()[0] == "minimize"


def test_a_mapping_that_cannot_be_is_named():
    content = csv("Indikator;Target 2025", "AKI;84")
    for said in (
        {"sheets": {"Lembar 9": {}}},
        {"sheets": {"csv": {"header_rows": [7, 9]}}},
        {"sheets": {"csv": {"columns": {"nine": {"role": "value"}}}}},
        {"sheets": {"csv": {"columns": {"C": {"role": "multiplier"}}}}},
    ):
        with pytest.raises(UsageError, match="mapping"):
            understand(content, KNOWN, UnderstandOptions(mapping=mapping_of(said)))
    with pytest.raises(UsageError, match="rolle"):
        mapping_of({"sheets": {"csv": {"columns": {"A": {"rolle": "value"}}}}})
    with pytest.raises(UsageError, match="TOML"):
        mapping_from_toml("sheets = [")


def test_a_sheet_per_indicator_with_units_in_rows_is_read_through_a_mapping():
    content = csv("Puskesmas;Jan;Feb;Mar", "Dinas Kesehatan;1;2;3", "Dinas Pendidikan;4;5;6")
    said = mapping_of({"sheets": {"csv": {"indicator": "AKI", "year": 2025}}})
    understood = understand(content, KNOWN, UnderstandOptions(mapping=said))
    assert [row[4] for row in rows(understood)] == [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]


def test_findings_and_columns_are_plain_data():
    understood = understand(csv("Indikator;Target 2025", "AKI;1.234"), KNOWN)
    assert set(understood.findings_json()[0]) == {"severity", "sheet", "cell", "message"}
    assert {column["role"] for column in understood.understood_json()} == {"indicator_name", "target"}


@pytest.mark.parametrize("name", ["belitung-timur-kesehatan-2015-2023", "teppa-pengadaan-bulanan-2012-2013"])
def test_real_tidy_files_are_read_to_the_digit(shared_data, name):
    path = shared_data / "data" / "real" / name / "data.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        expected = [
            (row["unit_code"], row["indicator_code"], row["period_end"], float(row["value"]) if row["value"] else None)
            for row in csv_module.DictReader(file)
        ]
    understood = understand(path, options=UnderstandOptions(create=True))
    fields = ("unit_code", "indicator_code", "period_end", "value")
    found = [tuple(row[field] for field in fields) for row in understood.table.to_pylist()]
    assert [(unit, code, str(end), value) for unit, code, end, value in found] == expected
    assert not understood.is_refused


def test_a_code_and_a_name_that_are_not_of_one_thing_are_told():
    head = "unit_code;unit_name;indicator_code;indicator_name;tahun;value"
    wrong = csv(head, "DINKES;Dinas Kesehatan;AKI;Angka Kematian Bayi (AKB);2025;81,5")
    assert "C2 The code AKI is" in messages(understand(wrong, KNOWN))
    unknown = understand(csv(head, "D9;Dinas Kesehatan;AKI;;2025;81,5"), KNOWN)
    assert "A2 The code 'D9' is not known" in messages(unknown, Severity.WARNING)
    assert rows(unknown)[0][0] == "DINKES"


def test_a_second_table_below_is_never_read_under_the_first_ones_header():
    first = [
        "No;Indikator;Target 2025;Realisasi 2025",
        "1;AKI;84;81",
        "No;Indikator;Target 2025;Realisasi 2025",
        "2;AKB;9;8",
    ]
    second = ["", "No;Indikator;Realisasi 2023;Realisasi 2024", "1;RLS;7,1;7,2"]
    understood = understand(csv(*first, *second), KNOWN, UnderstandOptions(unit="DINKES", create=True))
    assert [row[1] for row in rows(understood)] == ["AKI", "AKB"]
    assert "from row 7 on, stand figures that are not read" in messages(understood, Severity.WARNING)
