"""Files of people: what goes in, and what is refused with line, column and remedy."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from kpi.access import LOCAL
from kpi.intake.options import ImportOptions, ImportReport
from kpi.intake.people import PeopleFile, import_people
from kpi.model import Indicator, Polarity, Unit
from kpi.people_model import Appraisal, AppraisalKind, Cascade, CoreValue, Employee, IndividualIndicator, Level
from kpi.store.people.publish import publish_people
from kpi.store.people.record import PeopleRecord
from kpi.store.people.snapshot import PeopleSnapshot
from tests.store.building import CODE, definitions
from tests.store.building import record as record_figures

OPTIONS = ImportOptions(CODE, made_by="a test")
EMPLOYEES = """employee_code,name,position,unit_code,superior_code,functional_level,valid_from,valid_to
E0,Anggrek Contoh,Kepala,DINAS,,,2024-01-01,
E1,Melati Contoh,Bidan,DINAS,E0,Ahli Pertama,2024-01-01,
"""
IKI = """employee_code,indicator_code,name,cascade,from_unit_code,from_indicator_code,unit_of_measure,polarity,\
period_start,period_end,value,target
E1,KUNJ,Kunjungan rumah,sebagian,DINAS,K4,kunjungan,higher,2026-01-01,2026-03-31,8,10
E1,KUNJ,,,,,,,2026-04-01,2026-06-30,,10
E1,SENDIRI,Arsip,baru,,,berkas,,,,,
"""
APPRAISALS = """employee_code,period_start,period_end,superior_code,work_result,behaviour,loyal,note
E1,2025-01-01,2025-12-31,E0,sesuai ekspektasi,di atas ekspektasi,above,Baik
E1,2026-01-01,2026-03-31,E0,Di Bawah Ekspektasi,as_expected,,
"""


@pytest.fixture
def store(tmp_path: Path) -> Path:
    known = definitions([Unit(CODE, "DINAS", "Dinas", CODE)], [Indicator(CODE, "K4", "K4", polarity=Polarity.MAXIMIZE)])
    record_figures(tmp_path / "store", known, [])
    return tmp_path / "store"


def given(store: Path, kind: PeopleFile, text: str, options: ImportOptions = OPTIONS) -> ImportReport:
    path = store.parent / f"{kind}.csv"
    path.write_text(text, encoding="utf-8")
    return import_people(store, LOCAL, path, kind, options)


def standing(store: Path, thing: type) -> list:
    with PeopleRecord.opened(store, writing=False) as opened:
        return opened.all_of(thing, CODE)


def said(report: ImportReport) -> list[tuple[int | None, str | None, str]]:
    return [(error.line, error.column, error.message) for error in report.errors]


def test_the_three_files_go_in_one_after_another(store):
    assert given(store, PeopleFile.EMPLOYEES, EMPLOYEES).accepted == 2
    assert given(store, PeopleFile.IKI, IKI).accepted == 3
    report = given(store, PeopleFile.APPRAISALS, APPRAISALS)

    assert (report.rows, report.accepted, report.batches) == (2, 2, (3,))
    assert [post.functional_level for post in standing(store, Employee)] == [None, "ahli_pertama"]
    visits = standing(store, IndividualIndicator)[0]
    assert (visits.cascade, visits.grain, visits.polarity) == (Cascade.PARTIAL, "quarter", Polarity.MAXIMIZE)
    year, quarter = standing(store, Appraisal)
    assert (year.kind, year.behaviour, year.values) == (
        AppraisalKind.ANNUAL,
        Level.ABOVE,
        {CoreValue.LOYAL: Level.ABOVE},
    )
    assert (quarter.kind, quarter.work_result) == (AppraisalKind.PERIODIC, Level.BELOW)
    publish_people(store, today=date(2026, 7, 1))
    facts = PeopleSnapshot.open(store).iki_facts(CODE)
    assert facts[["value", "target"]].fillna(-1).to_numpy().tolist() == [[8.0, 10.0], [-1.0, 10.0]]


def test_the_same_file_again_is_unchanged(store):
    given(store, PeopleFile.EMPLOYEES, EMPLOYEES)

    report = given(store, PeopleFile.EMPLOYEES, EMPLOYEES)

    assert (report.accepted, report.unchanged, report.batches) == (0, 2, ())


def test_a_workbook_is_read_with_its_dates_and_its_own_header_row(store):
    book = openpyxl.Workbook()
    book.active.append(["Catatan: bukan tabel"])
    sheet = book.create_sheet("Pegawai")
    sheet.append([])
    sheet.append(["Employee Code", "Name", "Position", "Unit Code", "Valid From", "kolom lain"])
    sheet.append(["E0", "Anggrek", "Kepala", "DINAS", date(2024, 1, 1), 5])
    path = store.parent / "pegawai.xlsx"
    book.save(path)

    report = import_people(store, LOCAL, path, PeopleFile.EMPLOYEES, OPTIONS)

    assert report.accepted == 1
    assert standing(store, Employee)[0].valid_from == date(2024, 1, 1)


def test_a_dry_run_writes_nothing(store):
    report = given(store, PeopleFile.EMPLOYEES, EMPLOYEES, ImportOptions(CODE, dry_run=True))

    assert (report.accepted, report.is_dry_run, report.batches) == (2, True, ())
    assert not (store / "people.duckdb").exists()


def test_every_fault_of_employees_is_told_at_once_with_line_column_and_remedy(store):
    report = given(
        store,
        PeopleFile.EMPLOYEES,
        EMPLOYEES + "E2,,Staf,DINS,E9,Ahli Perdana,2024-13-01,\nE3,X,Staf,DINAS,E3,,2024-02-01,2024-01-01\n"
        "E1,Melati,Bidan,DINAS,,,2024-01-01,\n",
    )

    assert report.is_refused
    assert (report.rejected, report.held) == (3, 2)
    assert {(line, column) for line, column, _ in said(report)} == {
        (4, "name"),
        (4, "unit_code"),
        (4, "superior_code"),
        (4, "functional_level"),
        (4, "valid_from"),
        (5, "superior_code"),
        (5, "valid_to"),
        (6, None),
    }
    assert any("'DINS' is not defined. Did you mean 'DINAS'?" in message for _, _, message in said(report))
    assert not (store / "people.duckdb").exists()


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        ("E9,KUNJ,X,baru,,,,,,,,", "employee_code", "'E9' is not defined"),
        ("E1,KUNJ,X,langsung,DINAS,,,,,,,", "from_indicator_code", "is empty"),
        ("E1,KUNJ,X,baru,DINAS,,,,,,,", "cascade", "cascaded from nothing"),
        ("E1,KUNJ,X,turun,,,,,,,,", "cascade", "'turun' is none of direct, partial, new"),
        ("E1,LAIN,,,,,,,2026-01-01,2026-03-31,5,", "name", "the employee has no indicator 'LAIN'"),
        ("E1,KUNJ,X,baru,,,,,2026-01-01,2026-02-28,5,", "period_end", "no whole month"),
        ("E1,KUNJ,X,baru,,,,,2026-01-01,,5,", "period_end", "is empty"),
        ("E1,KUNJ,X,baru,,,,,2026-01-01,2026-03-31,,", "value", "is empty"),
        ('E1,KUNJ,X,baru,,,,,2026-01-01,2026-03-31,"5,5",', "value", "'5,5' is not a number"),
        ("E1,KUNJ,X,baru,,,,,2026-01-01,2026-03-31,nan,", "value", "'nan' is not a number"),
        ("E1,KUNJ,,,,,,,,,,", "name", "no indicator 'KUNJ'"),
    ],
)
def test_a_fault_of_an_individual_indicator_names_its_column(store, row, column, words):
    given(store, PeopleFile.EMPLOYEES, EMPLOYEES)

    report = given(store, PeopleFile.IKI, f"{IKI.splitlines()[0]}\n{row}\n")

    assert report.is_refused
    assert (2, column) in {(line, where) for line, where, _ in said(report)}
    assert any(words in message for _, _, message in said(report))


def test_a_row_that_says_nothing_of_a_known_indicator_is_refused(store):
    given(store, PeopleFile.EMPLOYEES, EMPLOYEES)
    given(store, PeopleFile.IKI, IKI)

    report = given(store, PeopleFile.IKI, f"{IKI.splitlines()[0]}\nE1,KUNJ,,,,,,,,,,\n")

    assert "neither an indicator nor a figure" in said(report)[0][2]


def test_two_rows_that_define_one_indicator_differently_are_refused(store):
    given(store, PeopleFile.EMPLOYEES, EMPLOYEES)

    report = given(
        store, PeopleFile.IKI, IKI + "E1,KUNJ,Nama lain,sebagian,DINAS,K4,kunjungan,,2026-07-01,2026-09-30,1,\n"
    )

    assert said(report)[0][0] == 5
    assert "otherwise than line 2" in said(report)[0][2]


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("E1,2024-01-01,2024-12-31,E1,above,above,,", "superior_code"),
        ("E1,2024-01-01,2024-12-31,E0,hebat,above,,", "work_result"),
        ("E1,2024-01-01,2024-12-31,E0,,above,,", "work_result"),
        ("E1,2024-01-01,2024-12-31,E0,above,above,suka,", "loyal"),
        ("E1,2025-01-01,2026-12-31,E0,above,above,,", "period_end"),
        ("E7,2025-01-01,2025-12-31,E0,above,above,,", "employee_code"),
    ],
)
def test_a_fault_of_an_appraisal_names_its_column(store, row, column):
    given(store, PeopleFile.EMPLOYEES, EMPLOYEES)

    report = given(store, PeopleFile.APPRAISALS, APPRAISALS + row + "\n")

    assert [(line, where) for line, where, _ in said(report)] == [(4, column)]
    assert standing(store, Appraisal) == []


def test_superiors_in_a_circle_are_a_fault_of_the_file(store):
    given(store, PeopleFile.EMPLOYEES, EMPLOYEES)
    before = hashlib.sha256((store / "people.duckdb").read_bytes()).hexdigest()

    report = given(store, PeopleFile.EMPLOYEES, EMPLOYEES.replace("Kepala,DINAS,,", "Kepala,DINAS,E1,"))

    assert "each is above the other" in said(report)[0][2]
    assert hashlib.sha256((store / "people.duckdb").read_bytes()).hexdigest() == before


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "is empty"),
        ("employee_code,name\nE0,X\n", "column 'position' is missing"),
        (EMPLOYEES.splitlines()[0] + "\n", "a header and no rows"),
        (EMPLOYEES.replace("superior_code", "name"), "column 'name' stands twice"),
    ],
)
def test_what_is_no_table_of_employees_is_refused_in_words(store, text, words):
    report = given(store, PeopleFile.EMPLOYEES, text)

    assert report.is_refused
    assert words in said(report)[0][2]


def test_an_unknown_organisation_is_refused(store):
    report = given(store, PeopleFile.EMPLOYEES, EMPLOYEES, ImportOptions("KK"))

    assert "organisation 'KK' is not defined" in said(report)[0][2]
