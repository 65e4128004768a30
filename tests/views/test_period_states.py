"""A period of a unit stands as far as what covers it."""

from __future__ import annotations

import shutil

from kpi.model import Verification
from kpi.periods import Period
from kpi.store.publish import publish
from kpi.store.record import Record
from kpi.store.snapshot import Snapshot
from kpi.views.period_states import state_in
from tests.small_organisation import TODAY, TOWN


def test_a_quarter_is_locked_with_its_year_and_reported_without_any_state(small_store, tmp_path):
    store = tmp_path / "own"
    shutil.copytree(small_store, store)
    with Record.opened(store, writing=True) as record:
        record.set_state(TOWN, "PKM_A", Period.parse("2025"), Verification.LOCKED, "Inspektur")
        record.set_state(TOWN, "PKM_A", Period.parse("2026-Q1"), Verification.VERIFIED, "Inspektur")
    publish(store, today=TODAY)
    snapshot = Snapshot.open(store)

    expected = {"2025-Q2": "locked", "2026-Q1": "verified", "2026-Q2": "reported", "2026": "reported"}
    assert {code: state_in(snapshot, TOWN, "PKM_A", Period.parse(code)).value for code in expected} == expected
    assert state_in(snapshot, TOWN, "PKM_B", Period.parse("2025")) is Verification.REPORTED
