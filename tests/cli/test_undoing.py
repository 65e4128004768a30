"""`kpi undo`: what it takes back, what it prints, and when it refuses."""

from __future__ import annotations

import json

import pytest

from kpi.cli import main
from kpi.model import Indicator, Unit
from kpi.store.record import Record
from kpi.store.snapshot import Snapshot
from tests.store.building import CODE, definitions, figure, published, record

KNOWN = definitions([Unit(CODE, "A", "Dinas A", CODE)], [Indicator(CODE, "I", "Indikator")])
NONE = definitions()


@pytest.fixture
def store(tmp_path):
    published(tmp_path, KNOWN, [figure("A", "I", "2024", 1.0)])
    record(tmp_path, NONE, [figure("A", "I", "2024", 2.0)])
    return tmp_path


def value(store):
    return Snapshot.open(store).facts(CODE)["value"].tolist()


def test_undo_lets_the_earlier_figure_stand_again_and_publishes(store, capsys):
    assert main(["publish", "--store", str(store)]) == 0
    assert value(store) == [2.0]

    assert main(["undo", "2", "--reason", "salah ketik", "--json", "--store", str(store)]) == 0

    printed = json.loads(capsys.readouterr().out)
    assert (printed["batch"], printed["withdraws"]) == (3, 2)
    assert printed["snapshot"].startswith("v000003-")
    assert value(store) == [1.0]
    with Record.opened(store, writing=False) as opened:
        last = opened.batches(CODE)[-1]
    assert (last.kind, last.withdraws, last.reason) == ("withdrawal", 2, "salah ketik")


def test_undo_without_publishing_leaves_the_snapshot(store, capsys):
    assert main(["undo", "2", "--reason", "x", "--no-publish", "--json", "--store", str(store)]) == 0

    assert json.loads(capsys.readouterr().out)["snapshot"] is None
    assert Snapshot.open(store).meta.record_version == 1


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        pytest.param(["9", "--reason", "x"], 1, "no batch in force", id="no such batch"),
        pytest.param(["2", "--reason", "  "], 1, "without a reason", id="an empty reason"),
        pytest.param(["1", "--reason", "x"], 1, "Withdraw those first", id="needed by later figures"),
        pytest.param(["2"], 2, "--reason", id="no reason"),
        pytest.param(["two", "--reason", "x"], 2, "invalid int", id="no number"),
    ],
)
def test_undo_refuses_in_words_and_changes_nothing(store, capsys, words, code, said):
    before = (store / "record.duckdb").read_bytes()

    assert main(["undo", *words, "--store", str(store)]) == code

    assert said in capsys.readouterr().err
    assert (store / "record.duckdb").read_bytes() == before


def test_a_locked_figure_is_undone_only_when_told_so(store, capsys):
    record(store, NONE, [figure("A", "I", "2025", 2.0, verification="locked")])

    assert main(["undo", "3", "--reason", "x", "--no-publish", "--store", str(store)]) == 1
    assert "1 locked figures would change, the first: A, I, 2025-01-01" in capsys.readouterr().err
    assert main(["undo", "3", "--reason", "x", "--locked-too", "--no-publish", "--store", str(store)]) == 0
