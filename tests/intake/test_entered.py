"""An event from a form passes the checks of a file, becomes one batch of its author, and is one event however often."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from kpi.access import LOCAL
from kpi.errors import KpiError, UnknownCode
from kpi.intake.entered import Entry, enter_event, faults_of_entry
from kpi.store.record import Record
from tests.small_organisation import TOWN, small_store

__all__ = ["small_store"]
OPENED = Entry("2025-08-15", "programme_started", "Loket baru", "petugas-a", ("PKM_A", "PKM_B"), "IMUNISASI")


@pytest.fixture
def store(small_store: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(small_store, tmp_path / "store"))


def test_an_event_of_two_units_is_one_event_with_two_rows_in_one_batch(store):
    event, batch = enter_event(store, LOCAL, TOWN, OPENED)

    assert batch is not None
    assert (batch.kind, batch.made_by, batch.accepted) == ("event", "petugas-a", 2)
    with Record.opened(store, writing=False) as record:
        events = record.events(TOWN)
    assert {each.event_code for each in events} == {event.event_code}
    assert [each.unit_code for each in events] == ["PKM_A", "PKM_B"]


def test_the_same_event_a_second_time_adds_nothing(store):
    enter_event(store, LOCAL, TOWN, OPENED)

    assert enter_event(store, LOCAL, TOWN, replace(OPENED, text=" Loket baru "))[1] is None


def test_another_event_of_the_same_day_has_a_code_of_its_own():
    assert OPENED.event_code != replace(OPENED, text="Loket lama ditutup").event_code


@pytest.mark.parametrize(
    ("wrong", "column"),
    [
        pytest.param({"happened_on": "15 Agustus"}, "happened_on", id="no date"),
        pytest.param({"happened_on": ""}, "happened_on", id="no day"),
        pytest.param({"author": " "}, "author", id="nobody"),
        pytest.param({"text": ""}, "text", id="nothing said"),
        pytest.param({"kind": "miracle"}, "kind", id="no such kind"),
    ],
)
def test_an_entry_has_the_faults_that_a_file_has(store, wrong, column):
    entry = replace(OPENED, **wrong)

    assert list(faults_of_entry(entry)) == [column]
    with pytest.raises(KpiError):
        enter_event(store, LOCAL, TOWN, entry)


def test_a_unit_that_is_not_there_is_refused(store):
    with pytest.raises(UnknownCode):
        enter_event(store, LOCAL, TOWN, replace(OPENED, unit_codes=("PKM_X",)))
