"""The ledger: each figure that stopped standing, from what to what, by which batch."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from kpi.model import Indicator, Unit
from kpi.store.publish import publish
from kpi.store.record import BatchHeader, Record
from kpi.store.snapshot import Snapshot
from tests.store.building import CODE, TODAY, definitions, figure, record, table

A, B = Unit(CODE, "A", "Dinas A", CODE), Unit(CODE, "B", "Dinas B", CODE)
I = Indicator(CODE, "I", "Indikator")  # noqa: E741 - the indicator of every test here
KNOWN = definitions([A, B], [I])
NONE = definitions()
SHOWN = ["batch_number", "field", "kind", "from_value", "to_value", "from_target", "to_target"]


def ledger(store: Path, **more: object) -> pd.DataFrame:
    return Snapshot.open(store, publish(store, today=TODAY).version).restatements(CODE, **more)  # type: ignore[arg-type]


def rows(found: pd.DataFrame) -> list[list[object]]:
    return found[SHOWN].astype(object).where(found[SHOWN].notna(), None).to_numpy().tolist()


def withdraw(store: Path, batch_number: int) -> None:
    with Record.opened(store, writing=True) as opened:
        opened.withdraw(batch_number, "x", "salah")


def test_a_first_report_and_a_first_target_are_no_restatement(tmp_path):
    record(tmp_path, KNOWN, [figure("A", "I", "2024", 1.0)])
    record(tmp_path, NONE, [figure("A", "I", "2024", None, target=2.0)])

    assert ledger(tmp_path).empty


def test_a_correction_shows_value_and_target_as_they_stood(tmp_path):
    record(tmp_path, KNOWN, [figure("A", "I", "2024", 1.0, target=4.0)])
    with Record.opened(tmp_path, writing=True) as opened:
        opened.append(BatchHeader(CODE, made_by="ani", reason="ganda"), NONE, table([figure("A", "I", "2024", 2.0)]))

    found = ledger(tmp_path)

    assert rows(found) == [[2, "value", "correction", 1.0, 2.0, 4.0, 4.0]]
    first = found.iloc[0]
    assert first[["unit_code", "indicator_code", "grain", "made_by", "reason"]].tolist() == [
        "A", "I", "year", "ani", "ganda",
    ]  # fmt: skip
    assert (first["period_start"].date(), first["period_end"].date()) == (date(2024, 1, 1), date(2024, 12, 31))


def test_a_batch_that_changes_both_makes_two_rows_and_later_ones_come_first(tmp_path):
    record(tmp_path, KNOWN, [figure("A", "I", "2024", 1.0, target=4.0)])
    record(tmp_path, NONE, [figure("A", "I", "2024", 2.0, target=5.0)])
    record(tmp_path, NONE, [figure("A", "I", "2024", None, target=6.0, target_high=7.0)])

    assert rows(ledger(tmp_path)) == [
        [3, "target", "target", 2.0, 2.0, 5.0, 6.0],
        [2, "value", "correction", 1.0, 2.0, 4.0, 5.0],
        [2, "target", "target", 1.0, 2.0, 4.0, 5.0],
    ]


def test_a_withdrawal_lets_the_earlier_figure_stand_again_or_none(tmp_path):
    record(tmp_path, KNOWN, [figure("A", "I", "2024", 1.0)])
    record(tmp_path, NONE, [figure("A", "I", "2024", 2.0, target=9.0), figure("B", "I", "2024", 5.0)])
    withdraw(tmp_path, 2)

    assert rows(ledger(tmp_path)) == [
        [3, "value", "withdrawal", 2.0, 1.0, 9.0, None],
        [3, "target", "withdrawal", 2.0, 1.0, 9.0, None],
        [3, "value", "withdrawal", 5.0, None, None, None],
        [2, "value", "correction", 1.0, 2.0, None, 9.0],
    ]


def test_withdrawing_what_was_replaced_already_changes_nothing(tmp_path):
    record(tmp_path, KNOWN, [figure("A", "I", "2024", 1.0)])
    record(tmp_path, NONE, [figure("A", "I", "2024", 2.0)])
    record(tmp_path, NONE, [figure("A", "I", "2024", 3.0)])
    withdraw(tmp_path, 2)

    assert rows(ledger(tmp_path)) == [
        [3, "value", "correction", 2.0, 3.0, None, None],
        [2, "value", "correction", 1.0, 2.0, None, None],
    ]


def test_a_figure_after_a_withdrawal_is_corrected_from_what_stood(tmp_path):
    record(tmp_path, KNOWN, [figure("A", "I", "2024", 1.0)])
    record(tmp_path, NONE, [figure("A", "I", "2024", 2.0)])
    withdraw(tmp_path, 2)
    record(tmp_path, NONE, [figure("A", "I", "2024", 7.0)])

    assert rows(ledger(tmp_path))[0] == [4, "value", "correction", 1.0, 7.0, None, None]


def test_another_note_or_verification_restates_nothing_but_another_numerator_does(tmp_path):
    parts = {"numerator": 1.0, "denominator": 2.0, "multiplier": 100.0}
    record(tmp_path, KNOWN, [figure("A", "I", "2024", 50.0, **parts)])
    record(tmp_path, NONE, [figure("A", "I", "2024", 50.0, note="x", verification="verified")])
    record(tmp_path, NONE, [figure("A", "I", "2024", 50.0, numerator=2.0, denominator=4.0, multiplier=100.0)])

    found = ledger(tmp_path)

    assert rows(found) == [[3, "value", "correction", 50.0, 50.0, None, None]]
    assert found[["from_denominator", "to_denominator"]].to_numpy().tolist() == [[2.0, 4.0]]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        pytest.param({"unit_codes": ["B"]}, [("B", 2024)], id="a unit"),
        pytest.param({"unit_codes": []}, [], id="no unit"),
        pytest.param({"indicator_code": "NOPE"}, [], id="another indicator"),
        pytest.param({"first": date(2025, 1, 1)}, [("A", 2025)], id="later periods"),
        pytest.param({"last": date(2024, 12, 31)}, [("A", 2024), ("B", 2024)], id="earlier periods"),
    ],
)
def test_the_ledger_may_be_asked_for_a_part(tmp_path, asked, expected):
    keys = [("A", "2024"), ("A", "2025"), ("B", "2024")]
    record(tmp_path, KNOWN, [figure(unit, "I", year, 1.0) for unit, year in keys])
    record(tmp_path, NONE, [figure(unit, "I", year, 2.0) for unit, year in keys])

    found = ledger(tmp_path, **asked)

    assert sorted(zip(found["unit_code"], found["period_end"].dt.year, strict=True)) == expected


def test_the_ledger_of_the_past_holds_nothing_later(tmp_path):
    record(tmp_path, KNOWN, [figure("A", "I", "2024", 1.0)])
    record(tmp_path, NONE, [figure("A", "I", "2024", 2.0)])

    past = publish(tmp_path, today=TODAY, as_known_at=date(2020, 1, 1))

    assert len(ledger(tmp_path)) == 1
    assert Snapshot.open(tmp_path, past.version).restatements(CODE).empty
