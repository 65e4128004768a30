"""What a withdrawal would change is known before it is done, and is what it then does."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from kpi.model import Indicator, Unit, Verification
from kpi.periods import Period
from kpi.store.record import Record
from kpi.store.withdrawal import Withdrawals
from tests.store.building import CODE, definitions, figure, record

A = Unit(CODE, "A", "Dinas A", CODE)
I = Indicator(CODE, "I", "Indikator", grain="month")  # noqa: E741 - the indicator of every test here
KNOWN = definitions([A], [I])


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """Three batches: the second corrects January and brings February, the third corrects February."""
    record(tmp_path, KNOWN, [figure("A", "I", "2026-01", 1.0, target=2.0)])
    record(tmp_path, KNOWN, [figure("A", "I", "2026-01", 5.0, target=3.0), figure("A", "I", "2026-02", 7.0)])
    record(tmp_path, KNOWN, [figure("A", "I", "2026-02", 8.0)])
    return tmp_path


def ahead(store: Path, number: int) -> pd.DataFrame:
    with Withdrawals.opened(store, writing=False) as opened:
        return opened.would_change(number)


def test_what_a_batch_corrected_would_stand_again(store):
    found = ahead(store, 2)

    assert found[["grain", "from_value", "to_value", "from_target", "to_target"]].to_numpy().tolist() == [
        ["month", 5.0, 1.0, 3.0, 2.0]
    ]
    assert found["from_target_high"].isna().all()


def test_a_first_report_would_be_gone(store):
    with Record.opened(store, writing=True) as opened:
        opened.withdraw(3, "x", "salah")

    found = ahead(store, 2).set_index("period_start")
    assert found.loc["2026-02-01", "from_value"] == 7.0
    assert pd.isna(found.loc["2026-02-01", "to_value"])


def test_a_batch_that_is_corrected_already_would_change_nothing(store):
    assert ahead(store, 1).empty


def test_a_batch_without_figures_would_change_none_and_its_locked_ones_are_counted(store):
    with Record.opened(store, writing=True) as opened:
        batch = opened.set_state(CODE, "A", Period.parse("2026-01"), Verification.LOCKED, "x")

    assert batch is not None
    assert ahead(store, batch.batch_number).empty
    with Withdrawals.opened(store, writing=False) as opened:
        assert [opened.locked_of(number) for number in (1, 2, 3)] == [0, 1, 0]
