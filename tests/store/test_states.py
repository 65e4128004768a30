"""States of periods: who may go back, what a locked period refuses, and what facts say of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpi.errors import LockedFigures, StoreError, UnknownCode
from kpi.model import AggregationOverPeriods, AggregationOverUnits, Indicator, Unit, Verification
from kpi.periods import Grain, Period
from kpi.store.check import check
from kpi.store.publish import publish
from kpi.store.record import Batch, BatchHeader, Record
from kpi.store.snapshot import Snapshot
from tests.store.building import CODE, TODAY, definitions, figure, published, record, table

A = Unit(CODE, "A", "Dinas A", CODE)
B = Unit(CODE, "B", "Puskesmas B", "A")
I = Indicator(  # noqa: E741 - the indicator of every test here
    CODE,
    "I",
    "Indikator",
    grain="month",
    aggregation_over_periods=AggregationOverPeriods.SUM,
    aggregation_over_units=AggregationOverUnits.SUM,
)
KNOWN = definitions([A, B], [I])
NONE = definitions()
MONTHS = [figure("B", "I", f"2024-{month:02}", 1.0) for month in (1, 2, 3)]


def state(store: Path, unit: str, period: str, state: Verification, reason: str | None = None) -> Batch | None:
    with Record.opened(store, writing=True) as opened:
        return opened.set_state(CODE, unit, Period.parse(period), state, "kepala", reason)


def verifications(snapshot: Snapshot, unit: str, grain: Grain, **more: bool) -> list[str]:
    return snapshot.facts(CODE, unit_codes=[unit], grain=grain, **more)["verification"].tolist()  # type: ignore[arg-type]


def test_a_step_forward_needs_no_reason_and_a_step_back_does(tmp_path):
    record(tmp_path, KNOWN, MONTHS)

    assert state(tmp_path, "B", "2024-01", Verification.LOCKED) is not None
    assert state(tmp_path, "B", "2024-01", Verification.LOCKED) is None
    with pytest.raises(StoreError, match=r"B, 2024-01-01 to 2024-01-31: from locked back to verified only with"):
        state(tmp_path, "B", "2024-01", Verification.VERIFIED)
    assert state(tmp_path, "B", "2024-01", Verification.VERIFIED, "salah kunci") is not None

    with Record.opened(tmp_path, writing=False) as opened:
        assert [(s.unit_code, s.state, s.batch_number) for s in opened.states(CODE)] == [
            ("B", Verification.VERIFIED, 3)
        ]


def test_an_unknown_unit_has_no_state(tmp_path):
    record(tmp_path, KNOWN, MONTHS)

    with pytest.raises(UnknownCode):
        state(tmp_path, "NOPE", "2024-01", Verification.LOCKED)


@pytest.mark.parametrize(
    ("change", "is_refused"),
    [
        pytest.param(figure("B", "I", "2024-02", 9.0), True, id="a month within the locked quarter"),
        pytest.param(figure("B", "I", "2024-Q1", 9.0), True, id="the quarter itself, though it was never reported"),
        pytest.param(figure("B", "I", "2024-01", None, target=1.0), True, id="a first target"),
        pytest.param(figure("B", "I", "2024", 9.0), False, id="the year around it"),
        pytest.param(figure("B", "I", "2024-04", 9.0), False, id="the month after it"),
        pytest.param(figure("A", "I", "2024-02", 9.0), False, id="the unit above"),
        pytest.param(figure("B", "I", "2024-01", 1.0), False, id="the same again"),
    ],
)
def test_a_locked_period_takes_nothing_new_without_reason_and_right(tmp_path, change, is_refused):
    record(tmp_path, KNOWN, MONTHS)
    state(tmp_path, "B", "2024-Q1", Verification.LOCKED)

    with Record.opened(tmp_path, writing=True) as opened:
        if not is_refused:
            opened.append(BatchHeader(CODE), NONE, table([change]))
            return
        with pytest.raises(LockedFigures):
            opened.append(BatchHeader(CODE, reason="x"), NONE, table([change]))
        assert opened.append(BatchHeader(CODE, reason="x"), NONE, table([change]), may_change_locked=True) is not None


def test_two_states_that_cover_a_month_do_not_make_two_of_its_line(tmp_path):
    record(tmp_path, KNOWN, MONTHS)
    state(tmp_path, "B", "2024-Q1", Verification.LOCKED)
    state(tmp_path, "B", "2024", Verification.LOCKED)

    with Record.opened(tmp_path, writing=False) as opened:
        assert len(opened.compare(CODE, table(MONTHS)).lines) == 3


def test_a_batch_in_a_locked_period_is_withdrawn_by_one_who_may(tmp_path):
    record(tmp_path, KNOWN, MONTHS)
    state(tmp_path, "B", "2024", Verification.LOCKED)

    with Record.opened(tmp_path, writing=True) as opened, pytest.raises(LockedFigures, match="3 locked figures"):
        opened.withdraw(1, "x", "salah")


def test_facts_take_the_higher_of_their_own_state_and_their_periods(tmp_path):
    record(tmp_path, KNOWN, [*MONTHS[:2], {**MONTHS[2], "verification": "locked"}])
    state(tmp_path, "B", "2024-01", Verification.VERIFIED)
    snapshot = Snapshot.open(tmp_path, publish(tmp_path, today=TODAY).version)

    assert verifications(snapshot, "B", Grain.MONTH) == ["verified", "reported", "locked"]
    assert verifications(snapshot, "B", Grain.QUARTER) == ["reported"]
    assert snapshot.measurements(CODE)["verification"].tolist() == ["reported", "reported", "locked"]

    state(tmp_path, "B", "2024", Verification.VERIFIED)
    snapshot = Snapshot.open(tmp_path, publish(tmp_path, today=TODAY).version)

    assert verifications(snapshot, "B", Grain.MONTH) == ["verified", "verified", "locked"]
    assert verifications(snapshot, "B", Grain.MONTH, to_date=True) == ["verified", "verified", "verified"]
    assert verifications(snapshot, "B", Grain.YEAR) == ["verified"]
    assert verifications(snapshot, "A", Grain.QUARTER) == ["verified"]

    state(tmp_path, "A", "2024-Q1", Verification.LOCKED)
    snapshot = Snapshot.open(tmp_path, publish(tmp_path, today=TODAY).version)

    assert verifications(snapshot, "A", Grain.QUARTER) == ["locked"]
    assert verifications(snapshot, "B", Grain.QUARTER) == ["verified"]
    assert check(tmp_path).is_sound


def test_a_snapshot_says_who_set_a_state_when_and_why(tmp_path):
    published(tmp_path, KNOWN, MONTHS)
    state(tmp_path, "B", "2024-01", Verification.LOCKED)
    state(tmp_path, "B", "2024-01", Verification.VERIFIED, "salah kunci")
    state(tmp_path, "A", "2024", Verification.VERIFIED)
    snapshot = Snapshot.open(tmp_path, publish(tmp_path, today=TODAY).version)

    columns = ["unit_code", "state", "made_by", "batch_number"]
    assert snapshot.states(CODE)[columns].to_numpy().tolist() == [
        ["A", "verified", "kepala", 4],
        ["B", "verified", "kepala", 3],
    ]
    history = snapshot.state_history(CODE, "B")
    assert history["state"].tolist() == ["verified", "locked"]
    assert history["reason"].iloc[0] == "salah kunci"
    assert history["recorded_at"].is_monotonic_decreasing


def test_a_withdrawn_state_is_none(tmp_path):
    record(tmp_path, KNOWN, MONTHS)
    state(tmp_path, "B", "2024-01", Verification.LOCKED)

    with Record.opened(tmp_path, writing=True) as opened:
        opened.withdraw(2, "x", "salah kunci")
        assert opened.states(CODE) == []
        assert opened.append(BatchHeader(CODE), NONE, table([figure("B", "I", "2024-01", 5.0)])) is not None
