"""Statements: drafts, versions, and agreeing one together with its definition, targets and weight."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from kpi.errors import StoreError, UnknownCode
from kpi.model import Indicator, Polarity, Unit
from kpi.store.check import check
from kpi.store.publish import publish
from kpi.store.record import BatchHeader, Entry, Record, Statement, StatementState
from kpi.store.snapshot import Snapshot
from tests.store.building import CODE, TODAY, definitions, figure, record, table

A = Unit(CODE, "A", "Dinas A", CODE)
DRAFT = Statement(CODE, "A-2027-1", "A", "NEW", 2027, body={"name": "Baru", "targets": {"2027": 5.0}})
AGREED = Entry(
    BatchHeader(CODE, "form", made_by="kepala", reason="perjanjian kinerja"),
    definitions([], [Indicator(CODE, "NEW", "Baru", polarity=Polarity.MAXIMIZE)]),
    table([figure("A", "NEW", "2027", None, target=5.0, weight=30.0)]),
)


@pytest.fixture
def store(tmp_path):
    record(tmp_path, definitions([A]), [])
    return tmp_path


def snapshot_of(store: Path) -> Snapshot:
    return Snapshot.open(store, publish(store, today=TODAY).version)


def test_a_draft_is_kept_in_versions_and_the_newest_stands(store):
    second = dataclasses.replace(DRAFT, body={"name": "Baru sekali"})
    with Record.opened(store, writing=True) as opened:
        assert opened.save_statement(DRAFT, "ani") is not None
        assert opened.save_statement(DRAFT, "ani") is None
        assert opened.save_statement(second, "budi", "nama diperjelas") is not None
        assert opened.statements(CODE) == [second]

    snapshot = snapshot_of(store)
    standing = snapshot.statements(CODE).iloc[0]
    assert standing[["state", "made_by", "reason"]].tolist() == ["draft", "budi", "nama diperjelas"]
    assert standing["body"] == {"name": "Baru sekali"}
    assert [body["name"] for body in snapshot.statement_history(CODE, "A-2027-1")["body"]] == ["Baru sekali", "Baru"]
    assert check(store).is_sound


def test_agreeing_defines_targets_and_weighs_in_one_batch(store):
    with Record.opened(store, writing=True) as opened:
        opened.save_statement(DRAFT, "ani")
        batch = opened.agree_statement("A-2027-1", AGREED)
        assert opened.statements(CODE)[0].state is StatementState.AGREED

    snapshot = snapshot_of(store)
    assert snapshot.statements(CODE)["batch_number"].tolist() == [batch.batch_number]
    assert snapshot.facts(CODE)["target"].tolist() == [5.0]
    assert snapshot.agreements(CODE)["weight"].tolist() == [30.0]


def test_a_statement_whose_figures_are_refused_stays_a_draft(store):
    wrong = dataclasses.replace(AGREED, figures=table([figure("NOPE", "NEW", "2027", None, target=5.0)]))
    with Record.opened(store, writing=True) as opened:
        opened.save_statement(DRAFT, "ani")
        with pytest.raises(StoreError, match="its unit is not defined"):
            opened.agree_statement("A-2027-1", wrong)
        assert opened.statements(CODE) == [DRAFT]
        known = opened.definitions(CODE)
        assert known is not None
        assert "NEW" not in known.indicators


def test_what_stands_already_can_be_agreed(store):
    with Record.opened(store, writing=True) as opened:
        opened.append(AGREED.header, AGREED.definitions, AGREED.figures)
        opened.save_statement(DRAFT, "ani")
        batch = opened.agree_statement("A-2027-1", AGREED)

        assert batch.kind == "statement"
        assert opened.statements(CODE)[0].state is StatementState.AGREED


def test_an_agreed_statement_is_neither_saved_nor_agreed_again(store):
    with Record.opened(store, writing=True) as opened:
        opened.save_statement(DRAFT, "ani")
        opened.agree_statement("A-2027-1", AGREED)
        with pytest.raises(StoreError, match="is agreed"):
            opened.save_statement(DRAFT, "ani")
        with pytest.raises(StoreError, match="is agreed"):
            opened.agree_statement("A-2027-1", AGREED)


def test_a_dropped_statement_is_agreed_only_as_a_draft_again(store):
    with Record.opened(store, writing=True) as opened:
        opened.save_statement(DRAFT, "ani")
        opened.save_statement(dataclasses.replace(DRAFT, state=StatementState.DROPPED), "ani", "batal")
        with pytest.raises(StoreError, match="was dropped"):
            opened.agree_statement("A-2027-1", AGREED)
        opened.save_statement(DRAFT, "ani")
        opened.agree_statement("A-2027-1", AGREED)


def test_statements_of_unknown_units_or_codes_are_refused(store):
    with Record.opened(store, writing=True) as opened:
        with pytest.raises(UnknownCode):
            opened.save_statement(dataclasses.replace(DRAFT, unit_code="NOPE"), "ani")
        with pytest.raises(UnknownCode, match="statement 'A-2027-1'"):
            opened.agree_statement("A-2027-1", AGREED)
        with pytest.raises(StoreError, match="not by saving it"):
            opened.save_statement(dataclasses.replace(DRAFT, state=StatementState.AGREED), "ani")


def test_withdrawing_the_agreement_makes_it_a_draft_again(store):
    with Record.opened(store, writing=True) as opened:
        opened.save_statement(DRAFT, "ani")
        batch = opened.agree_statement("A-2027-1", AGREED)
        opened.withdraw(batch.batch_number, "kepala", "belum disepakati")

        assert opened.statements(CODE) == [DRAFT]


def test_each_batch_that_changed_a_definition_is_a_version_of_it(store):
    first = Indicator(CODE, "NEW", "Baru")
    for indicator in (first, dataclasses.replace(first, definition="Jumlah bayi")):
        record(store, definitions([], [indicator]), [], made_by="ani")
    record(store, definitions([], [dataclasses.replace(first, definition="Jumlah bayi")]), [])

    versions = snapshot_of(store).definition_versions(CODE, "NEW")

    assert versions["batch_number"].tolist() == [3, 2]
    assert versions["definition"].iloc[0] == "Jumlah bayi"
    assert versions["definition"].isna().tolist() == [False, True]
    assert versions["made_by"].tolist() == ["ani", "ani"]
