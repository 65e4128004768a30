"""`check_people` finds what is wrong with the people's record and private snapshot, and says what it looked at."""

from __future__ import annotations

from datetime import date

import duckdb
import pytest

from kpi.store.people.check import check_people
from kpi.store.people.publish import publish_people
from kpi.store.people.record import PeopleRecord
from tests.store.people.building import HEAD, STAFF, VISITS, appraisal, figure, record

TODAY = date(2026, 7, 15)


@pytest.fixture
def store(tmp_path):
    record(tmp_path, HEAD, *STAFF, VISITS, figures=[figure("2026-Q1", 8.0, target=10.0), figure("2026-Q2", 9.0)])
    record(tmp_path, appraisal("E1", "2025"), figures=[figure("2026-Q1", 8.5)])
    record(tmp_path, appraisal("E2", "2025"))
    with PeopleRecord.opened(tmp_path, writing=True) as opened:
        opened.withdraw(3, "a test", "entered for the wrong person")
    publish_people(tmp_path, today=TODAY)
    return tmp_path


def broken(store) -> str:
    report = check_people(store)
    assert report is not None
    return " · ".join(one.rule for one in report.broken)


def test_a_sound_record_with_a_withdrawal_passes_also_when_it_has_gone_on_since(store):
    record(store, appraisal("E3", "2025"))

    report = check_people(store)

    assert report is not None
    assert report.is_sound, report.broken
    assert (report.last_batch, report.snapshot_batch) == (5, 4)


def test_where_there_are_no_people_nothing_is_checked(tmp_path):
    assert check_people(tmp_path) is None


def test_a_record_without_a_snapshot_can_be_checked(tmp_path):
    record(tmp_path, HEAD)
    report = check_people(tmp_path)

    assert report is not None
    assert report.is_sound
    assert report.snapshot_version is None


@pytest.mark.parametrize(
    ("tampering", "rule"),
    [
        pytest.param("UPDATE appraisal SET behaviour = 'above'", "shows what the record has", id="changed silently"),
        pytest.param("UPDATE iki_measurement SET value = 99", "shows what the record has", id="a figure changed"),
        pytest.param("DELETE FROM appraisal", "the rows that it counted", id="a row removed"),
        pytest.param("UPDATE appraisal SET superior_code = 'E9'", "whoever is named", id="no such superior"),
        pytest.param("UPDATE iki_target SET indicator_code = 'X'", "has its individual", id="no such indicator"),
        pytest.param("UPDATE appraisal SET organisation_code = 'X'", "organisation of their batch", id="foreign"),
    ],
)
def test_a_record_that_was_tampered_with_is_found_out(store, tampering, rule):
    with duckdb.connect(str(store / "people.duckdb")) as book:
        book.execute(tampering)

    assert rule in broken(store)


def test_files_that_others_may_read_are_found_out(store):
    (store / "people.duckdb").chmod(0o644)

    assert "only their owner may read" in broken(store)
