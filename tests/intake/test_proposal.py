"""The way in for a person: what would happen is shown, questions are answered, and only then something is written."""

from __future__ import annotations

import hashlib

import pytest

from kpi.access import LOCAL, Access, Grant, Role
from kpi.errors import AccessRefused, LockedFigures, UsageError
from kpi.i18n import Translator
from kpi.intake import AskKind, ImportOptions, Source, answer, commit, propose, translated
from kpi.model import Organisation, Unit, Verification
from kpi.periods import Period
from kpi.store.publish import publish
from kpi.store.record import FIGURES, BatchHeader, Definitions, Record
from tests.intake.sheets.workbooks import KNOWN, merged_headers, quarters_with_achievement

OPTIONS = ImportOptions("KEM", unit="DINKES")
TABLE = "Indikator;Satuan;Target 2025;Realisasi 2025\nPrevalensi Stunting;%;14;{}\n"
TIDY = "unit_code,indicator_code,period_start,period_end,value\nDINKES,STUNTING,2025-01-01,2025-12-31,{}\n"


@pytest.fixture
def known_store(store):
    """A store that knows the units and indicators of the workbooks, and no figure."""
    units = {code: Unit("KEM", code, name, "KEM") for code, name in KNOWN.units.items()}
    definitions = Definitions(Organisation("KEM", "Kabupaten Kemuning"), units, dict(KNOWN.indicators))
    with Record.opened(store, writing=True) as record:
        record.append(BatchHeader("KEM"), definitions, FIGURES.empty_table())
    return store


def upload(text: str | bytes, name: str = "dinkes.csv") -> list[Source]:
    return [Source.upload(name, text.encode() if isinstance(text, str) else text)]


def digest(folder):
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_a_proposal_shows_what_would_change_and_writes_nothing(known_store):
    before = digest(known_store)
    proposal = propose(known_store, LOCAL, upload(merged_headers().content, "iku.xlsx"), ImportOptions("KEM"))

    assert digest(known_store) == before
    assert not proposal.is_refused
    assert (proposal.report.accepted, proposal.counts.new, proposal.needs_reason) == (8, 8, False)
    row = proposal.difference.query("indicator_code == 'AKI' and field == 'target'").iloc[0]
    assert (row["new"], row["status"], row["sheet"], row["cell"]) == (84.0, "new", "Lampiran I", "F9")
    assert row["unit_name"] == "Dinas Kesehatan"
    (file,) = proposal.files
    assert (file.kind, file.cells != ()) == ("xlsx", True)


def test_a_commit_records_it_and_the_next_proposal_shows_old_and_new(known_store):
    first = propose(known_store, LOCAL, upload(TABLE.format("17,2")), OPTIONS)
    report = commit(known_store, LOCAL, first, "Sari")
    publish(known_store)
    again = propose(known_store, LOCAL, upload(TABLE.format("17,5")), OPTIONS)

    assert (report.accepted, report.batches) == (1, (2,))
    value = again.difference.query("field == 'value'").iloc[0]
    assert (value["old"], value["new"], value["status"], value["is_published"]) == (17.2, 17.5, "changed", True)
    assert again.difference.query("field == 'target'")["status"].tolist() == ["unchanged"]
    assert (again.needs_reason, again.changes_locked, again.counts.changed) == (True, False, 1)


def test_a_locked_figure_is_said_to_be_so_and_changes_for_one_who_may_with_a_reason(known_store):
    commit(known_store, LOCAL, propose(known_store, LOCAL, upload(TABLE.format("17,2")), OPTIONS), "Sari")
    with Record.opened(known_store, writing=True) as record:
        record.set_state("KEM", "DINKES", Period.parse("2025"), Verification.LOCKED, "Head")
    proposal = propose(known_store, LOCAL, upload(TABLE.format("17,5")), OPTIONS)

    assert (proposal.changes_locked, proposal.needs_reason) == (True, True)
    assert proposal.difference.query("field == 'value'")["is_locked"].tolist() == [True]
    with pytest.raises(LockedFigures):
        commit(known_store, LOCAL, proposal, "Head")
    officer = Access("sari@example.go.id", "Sari", (Grant(Role.OFFICER, "KEM"),))
    with pytest.raises(AccessRefused, match="change what is verified or locked"):
        commit(known_store, officer, proposal, "Sari", "typing error")
    assert commit(known_store, LOCAL, proposal, "Head", "typing error").accepted == 1


def test_what_can_be_read_in_two_ways_is_asked_and_the_choice_settles_it(known_store):
    sources = upload("Indikator;Target 2025;Realisasi 2025\nAngka Kematian Ibu (AKI);84;1.234\n")
    asked = propose(known_store, LOCAL, sources, OPTIONS)
    (ask,) = asked.asks

    assert asked.is_refused
    assert (ask.kind, ask.is_needed, ask.sheet, ask.cell, ask.subject) == (AskKind.NUMBERS, True, "csv", "C2", "C")
    assert [(choice.label, choice.name) for choice in ask.choices] == [
        ("decimal_comma", "1234"),
        ("decimal_point", "1.234"),
    ]
    settled = propose(known_store, LOCAL, sources, answer(OPTIONS, ask.choices[1].patch))
    assert not settled.is_refused
    assert settled.difference["new"].tolist() == [1.234, 84.0]


def test_a_close_name_is_proposed_with_its_closeness_confirmed_and_remembered(known_store):
    sources = upload("Indikator;Target 2025;Realisasi 2025\nAngka Kematain Ibu;84;81\n")
    asked = propose(known_store, LOCAL, sources, OPTIONS)
    (ask,) = asked.asks
    best = ask.choices[0]

    assert (ask.kind, ask.subject, best.label) == (AskKind.INDICATOR, "Angka Kematain Ibu", "AKI")
    assert best.closeness is not None
    assert 82 <= best.closeness < 100
    assert ask.choices[-1].label == "new"
    commit(known_store, LOCAL, propose(known_store, LOCAL, sources, answer(OPTIONS, best.patch)), "Sari")
    assert propose(known_store, LOCAL, sources, OPTIONS).asks == ()


def test_a_name_that_a_person_calls_new_is_registered_and_no_other(known_store):
    sources = upload("Indikator;Satuan;Target 2025;Realisasi 2025\nLampu jalan;buah;84;81\nTaman kota;buah;4;5\n")
    lamps = next(ask for ask in propose(known_store, LOCAL, sources, OPTIONS).asks if ask.subject == "Lampu jalan")
    asked = propose(known_store, LOCAL, sources, answer(OPTIONS, lamps.patch_for("new")))

    assert [error.cell for error in asked.errors] == ["A3"]
    (park,) = [ask for ask in asked.asks if ask.is_needed]
    settled = propose(known_store, LOCAL, sources, answer(asked.options, park.patch_for("new")))
    assert not settled.is_refused
    assert sorted(settled.difference["indicator_code"].unique()) == ["LAMPU_JALAN", "TAMAN_KOTA"]
    assert commit(known_store, LOCAL, settled, "Sari").accepted == 2


def test_a_year_and_a_unit_that_nothing_names_are_asked_for(known_store):
    sources = upload("Indikator;Target;Realisasi\nPrevalensi Stunting;14;17,2\n")
    asked = propose(known_store, LOCAL, sources, ImportOptions("KEM"))
    asks = {ask.kind: ask for ask in asked.asks}
    options = answer(ImportOptions("KEM"), asks[AskKind.YEAR].patch_for(2025))
    named = {ask.kind: ask for ask in propose(known_store, LOCAL, sources, options).asks}
    unit = next(choice for choice in named[AskKind.SHEET_UNIT].choices if choice.label == "DINKES")

    assert propose(known_store, LOCAL, sources, answer(options, unit.patch)).report.accepted == 1


@pytest.mark.parametrize("is_tidy", [False, True], ids=["an office's table", "a tidy file"])
def test_a_direction_is_proposed_with_its_evidence_and_confirmed(known_store, is_tidy):
    table = "Indikator;Satuan;Target 2025;Realisasi 2025\nAngka Kecelakaan Kerja;orang;10;12\n"
    if is_tidy:
        head = "unit_code,indicator_code,indicator_name,unit_of_measure,period_start,period_end,value"
        table = f"{head}\nDINKES,ANGKA_KECELAKAAN_KERJA,Angka Kecelakaan Kerja,orang,2025-01-01,2025-12-31,12\n"
    options = ImportOptions("KEM", unit="DINKES", create=True)
    asked = propose(known_store, LOCAL, upload(table), options)
    (ask,) = asked.asks

    assert (ask.kind, ask.is_needed, asked.is_refused) == (AskKind.DIRECTION, False, False)
    assert ask.choices[0].label == "minimize"
    assert str(ask.choices[0].evidence[0]) == "its name says 'kecelakaan'"
    confirmed = propose(known_store, LOCAL, upload(table), answer(options, ask.choices[0].patch))
    commit(known_store, LOCAL, confirmed, "Sari")
    with Record.opened(known_store, writing=False) as record:
        definitions = record.definitions("KEM")
    assert definitions is not None
    assert definitions.indicators["ANGKA_KECELAKAAN_KERJA"].polarity == "minimize"


def test_a_tidy_upload_is_read_straight_and_errors_name_it(known_store):
    proposal = propose(known_store, LOCAL, upload(TIDY.format("x"), "data.csv"), ImportOptions("KEM"))
    empty = propose(known_store, LOCAL, upload("", "nothing.csv"), ImportOptions("KEM"))

    assert proposal.is_refused
    assert [(one.line, one.cell, one.file) for one in proposal.errors] == [(2, "E2", "data.csv")]
    assert proposal.files[0].understood is None
    assert [column.role.value for column in proposal.files[0].columns][-1] == "value"
    assert "nothing.csv: is empty" in empty.errors[0].message


def test_a_refused_proposal_is_not_committed(known_store):
    before = digest(known_store)
    report = commit(
        known_store, LOCAL, propose(known_store, LOCAL, upload(TIDY.format("x")), ImportOptions("KEM")), "Sari"
    )

    assert (report.is_refused, report.accepted) == (True, 0)
    assert digest(known_store) == before


def test_a_proposal_is_judged_anew_when_another_import_came_between(known_store):
    options = ImportOptions("KEM", unit="DINKES", create=True)
    row = "Indikator;Satuan;Polaritas;Realisasi 2025\nUkuran Baru;orang;{};5\n"
    late = propose(known_store, LOCAL, upload(row.format("maksimal")), options)
    commit(
        known_store,
        LOCAL,
        propose(known_store, LOCAL, upload(row.format("minimal").replace("2025", "2024")), options),
        "Sari",
    )
    report = commit(known_store, LOCAL, late, "Budi")

    assert report.is_refused
    assert "maximize" in report.errors[0].message


def test_findings_come_errors_first_and_translate_with_what_is_in_them(known_store):
    proposal = propose(known_store, LOCAL, upload(quarters_with_achievement().content, "tw.xlsx"), ImportOptions("KEM"))
    severities = [finding.severity.value for finding in proposal.findings]

    assert severities == sorted(severities, key=["error", "warning", "info"].index)
    assert all(translated(Translator("en"), finding) == finding.message for finding in proposal.findings)


def test_a_name_without_a_file_and_a_mapping_for_two_files_are_wrong_usage(known_store):
    with pytest.raises(UsageError, match="no name"):
        Source.upload("folder/", b"x")
    options = answer(ImportOptions("KEM"), {"sheets": {"csv": {"read": True}}})
    with pytest.raises(UsageError, match="one file at a time"):
        propose(known_store, LOCAL, [*upload("a"), *upload("b")], options)


def test_what_is_found_is_said_in_indonesian_to_the_last_word(known_store):
    proposal = propose(known_store, LOCAL, upload(quarters_with_achievement().content, "tw.xlsx"), ImportOptions("KEM"))
    wrong_cell = next(finding for finding in proposal.findings if finding.cell == "L7")
    faults = propose(
        known_store, LOCAL, upload(TIDY.format("x").replace("STUNTING", "STUNTIN")), ImportOptions("KEM")
    ).errors
    said = [translated(Translator("id"), one) for one in (wrong_cell, *faults)]

    assert "jadi rumusnya tampaknya menunjuk" in said[0]
    assert any("Maksud Anda 'STUNTING'?" in text for text in said)
    assert any("'x' bukan angka" in text for text in said)
