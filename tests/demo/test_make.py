from __future__ import annotations

import pytest

from kpi.demo import make_demo
from kpi.demo.commentary import commentary
from kpi.demo.events import events
from kpi.errors import KpiError
from kpi.store.record import Record


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    store = tmp_path_factory.mktemp("demo") / "store"
    told: list[float] = []
    return store, make_demo(store, progress=lambda share, what: told.append(share)), told


def test_all_batches_are_recorded_whole(made, batches):
    _, recorded, _ = made

    assert [batch.file_name for batch in recorded[:-2]] == [batch.header.file_name for batch in batches]
    assert [batch.accepted for batch in recorded[:-2]] == [len(batch.figures) for batch in batches]


def test_the_events_come_after_the_figures_and_stand_as_the_table_states_them(made):
    with Record.opened(made[0], writing=False) as record:
        standing = record.events("KEMUNING")
    assert set(standing) == set(events())
    assert made[1][-2].accepted == len(standing)
    assert {event.event_code for event in standing if event.rebases_limits} >= {"SAMPAH_DEFINISI"}


def test_the_comments_come_last_and_stand_as_the_table_states_them(made):
    with Record.opened(made[0], writing=False) as record:
        standing = record.commentary("KEMUNING")
    assert set(standing) == set(commentary())
    assert (made[1][-1].kind, made[1][-1].accepted) == ("commentary", len(standing))


def test_the_record_knows_all_definitions_as_the_tables_state_them(made, known):
    with Record.opened(made[0], writing=False) as record:
        assert record.definitions("KEMUNING") == known


def test_progress_is_told_from_0_upwards(made):
    assert made[2] == sorted(made[2])
    assert 0 <= made[2][0] <= made[2][-1] < 1


def test_a_store_that_has_kemuning_is_refused_and_stays_as_it_was(made):
    file = made[0] / "record.duckdb"
    before = file.read_bytes()

    with pytest.raises(KpiError, match="KEMUNING is there already"):
        make_demo(made[0])

    assert file.read_bytes() == before
