"""The private snapshot: what it answers, and that it is one."""

from __future__ import annotations

import dataclasses
import os
import stat
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from kpi.errors import StoreError
from kpi.people_model import (
    AppraisalKind,
    Employee,
    FeedbackNote,
    FollowUpState,
    Level,
    OrganisationPredicate,
    UnitPredicate,
)
from kpi.scoring.profile import load_profile
from kpi.scoring.table import score_table
from kpi.store.people.publish import publish_people
from kpi.store.people.record import PeopleRecord
from kpi.store.people.snapshot import PeopleSnapshot
from kpi.store.publish import publish
from kpi.store.record import Record
from tests.store.building import definitions
from tests.store.building import record as record_figures
from tests.store.people.building import CODE, HEAD, STAFF, VISITS, appraisal, figure, follow_up, record

TODAY = date(2026, 7, 15)
MOVED = Employee(CODE, "E1", "Melati Contoh 1", "Analis", "LAIN", date(2026, 1, 1), superior_code="E2")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("people")
    record(
        folder,
        HEAD,
        *STAFF,
        VISITS,
        figures=[figure("2026-Q1", 8.0, target=10.0), figure("2026-Q3", None, target=12.0)],
    )
    record(
        folder, appraisal("E1", "2025", Level.BELOW), appraisal("E1", "2026-Q1"), appraisal("E2", "2025"), follow_up()
    )
    record(folder, appraisal("E1", "2025", loyal=Level.ABOVE), figures=[figure("2026-Q1", 9.0)])
    record(folder, dataclasses.replace(STAFF[0], valid_to=date(2025, 12, 31)), MOVED)
    record(folder, follow_up(FollowUpState.UNDER_WAY))
    judged = UnitPredicate(
        CODE, "DINAS", AppraisalKind.ANNUAL, date(2025, 1, 1), date(2025, 12, 31), OrganisationPredicate.GOOD, "Bupati"
    )
    record(folder, judged, FeedbackNote(CODE, "N1", "E1", "E1", date(2026, 2, 1), "Setuju"))
    publish_people(folder, today=TODAY)
    return folder


@pytest.fixture
def people(store: Path) -> PeopleSnapshot:
    return PeopleSnapshot.open(store)


def test_who_is_in_post_on_a_day(people):
    assert people.employees(CODE, on=date(2025, 12, 31)).unit_code.tolist() == ["DINAS", *["BIDANG"] * 4]
    assert people.employees(CODE, on=date(2026, 1, 1), employee_codes=["E1"]).unit_code.tolist() == ["LAIN"]
    assert len(people.employees(CODE)) == 6
    assert people.employees("OTHER").empty


def test_staff_are_those_right_under_a_superior_on_the_day(people):
    assert people.staff_of(CODE, "E0", on=date(2025, 6, 1)).employee_code.tolist() == ["E1", "E2", "E3", "E4"]
    assert people.staff_of(CODE, "E0", on=TODAY).employee_code.tolist() == ["E2", "E3", "E4"]
    assert people.staff_of(CODE, "E2", on=TODAY).employee_code.tolist() == ["E1"]


def test_an_appraisal_counts_where_the_employee_was_at_its_end(people):
    found = people.appraisals(CODE, employee_codes=["E1"])

    assert found[["kind", "unit_code"]].to_numpy().tolist() == [["annual", "BIDANG"], ["periodic", "LAIN"]]
    assert found.loyal.tolist()[0] == "above"
    assert pd.isna(found.loyal.iloc[1])
    assert people.appraisals(CODE, unit_codes=["LAIN"]).employee_code.tolist() == ["E1"]
    assert people.appraisals(CODE, kind=AppraisalKind.ANNUAL, last=date(2025, 12, 31)).employee_code.tolist() == [
        "E1",
        "E2",
    ]


def test_a_correction_keeps_the_version_before_it(people):
    history = people.appraisal_history(CODE, "E1")

    assert history[history.kind == "annual"].work_result.tolist() == ["as_expected", "below"]
    assert history[history.kind == "annual"].is_newest.tolist() == [True, False]
    assert people.follow_up_history(CODE, "F1").state.tolist() == ["planned", "under_way"]


def test_follow_ups_are_overdue_by_the_day_of_the_snapshot(people):
    found = people.follow_ups(CODE, ["E1"]).iloc[0]

    assert (found.state, found.is_closed, found.is_overdue) == ("under_way", False, True)
    assert found.opened_at < found.recorded_at
    assert people.follow_ups(CODE, ["E2"]).empty


def test_figures_of_individual_indicators_are_scored_as_units_are(people):
    facts = people.iki_facts(CODE)

    scored = score_table(facts, load_profile("kmk"))

    assert facts.value.iloc[0] == 9.0
    assert scored["index"].iloc[0] == pytest.approx(0.9)
    assert scored.reason.iloc[1] == "no_value"
    assert facts.is_finished.tolist() == [True, False]
    assert people.iki(CODE, ["E1"]).from_indicator_code.tolist() == ["K4"]
    assert people.iki_facts(CODE, ["E2"]).empty


def test_unit_predicates_notes_and_batches_are_there(people):
    assert people.unit_predicates(CODE, kind=AppraisalKind.ANNUAL).predicate.tolist() == ["good"]
    assert people.unit_predicates(CODE, first=date(2026, 1, 1)).empty
    assert people.notes(CODE, "E1").text.tolist() == ["Setuju"]
    assert people.notes(CODE, "E2").empty
    assert people.batches(CODE).batch_number.tolist() == [6, 5, 4, 3, 2, 1]


def test_a_withdrawn_batch_leaves_the_next_snapshot(tmp_path):
    record(tmp_path, HEAD, *STAFF)
    record(tmp_path, appraisal("E1", "2025"))
    first = publish_people(tmp_path, today=TODAY)
    held = PeopleSnapshot.open(tmp_path)
    with PeopleRecord.opened(tmp_path, writing=True) as opened:
        opened.withdraw(2, "a test", "wrong person")
    second = publish_people(tmp_path, today=TODAY)

    assert second.version != first.version
    assert PeopleSnapshot.open(tmp_path).appraisals(CODE).empty
    assert len(held.appraisals(CODE)) == 1


def test_the_same_state_on_the_same_day_is_published_once(store):
    again = publish_people(store, today=TODAY)

    assert again == PeopleSnapshot.open(store).meta
    assert publish_people(store, today=TODAY, force=True).version != again.version


def test_old_snapshots_are_pruned(tmp_path):
    for person in (HEAD, *STAFF):
        record(tmp_path, person)
        publish_people(tmp_path, today=TODAY, keep=2)

    kept = sorted(path.name[:7] for path in (tmp_path / "people").glob("v*.duckdb"))
    assert kept == ["v000004", "v000005"]


def test_without_people_publishing_says_what_to_do(tmp_path):
    with pytest.raises(StoreError, match="no people to publish"):
        publish_people(tmp_path)
    assert not (tmp_path / "people").exists()
    with pytest.raises(StoreError, match="no snapshot yet"):
        PeopleSnapshot.open(tmp_path)


@pytest.mark.skipif(os.name != "posix", reason="permissions of files are those of POSIX")
def test_its_owner_alone_may_enter_the_folder_and_read_a_snapshot(store):
    folder = store / "people"

    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.glob("*.duckdb")} == {0o600}


def test_a_private_snapshot_reaches_no_other_file(people):
    with people._cursor() as cursor, pytest.raises(duckdb.PermissionException):
        cursor.execute("SELECT * FROM read_text('/etc/hostname')")


def test_the_public_snapshot_holds_no_person(store):
    record_figures(store, definitions(), [])
    meta = publish(store, today=TODAY)
    content = (store / "snapshots" / f"{meta.version}.duckdb").read_bytes()

    for word in (b"Melati", b"Anggrek", b"Dampingi", b"KUNJUNGAN"):
        assert word not in content
    with Record.opened(store, writing=False):
        assert b"Melati" not in (store / "record.duckdb").read_bytes()
