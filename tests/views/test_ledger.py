"""The ledger: what was restated, from what to what, by whom and why, and which ratings it turned."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kpi.i18n import Translator
from kpi.scoring.profile import RuleProfile, load_profile
from kpi.store.publish import publish
from kpi.store.record import BatchFinding, BatchHeader, Definitions, Record
from kpi.store.snapshot import Snapshot
from kpi.store.withdrawal import Withdrawals
from kpi.views import ledger_words as words
from kpi.views.ledger import batches_of, findings_kept, judged, restatements
from kpi.views.selection import Selection
from tests.small_organisation import QUARTERS, TODAY, TOWN, figures, town

SELECTION = Selection(TOWN, QUARTERS[-1], False, "kmk")
indonesian, english = Translator("id"), Translator("en")


@pytest.fixture
def profile() -> RuleProfile:
    return load_profile("kmk")


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """Batch 1 the town; 2 lowers PKM_A's newest immunisation from 80 to 40; 3 its target from 80 to 80.04."""
    table = figures()
    rows = [row for row in table.to_pylist() if row["unit_code"] == "PKM_A" and row["indicator_code"] == "IMUNISASI"]
    only = Definitions(town().organisation)
    warned = BatchFinding("warning", "jump from {was}", {"was": 80}, sheet="TW III", cell="C7")
    with Record.opened(tmp_path, writing=True) as record:
        record.append(BatchHeader(TOWN, made_by="awal", file_name="kota.csv"), town(), table)
        lowered = type(table).from_pylist([{**rows[6], "value": 40.0}], table.schema)
        record.append(BatchHeader(TOWN, made_by="budi", reason="salah hitung"), only, lowered, findings=[warned])
        eased = type(table).from_pylist([{**rows[6], "value": 40.0, "target": 80.04}], table.schema)
        record.append(BatchHeader(TOWN, made_by="sari", reason="target baru"), only, eased)
    publish(tmp_path, today=TODAY)
    return tmp_path


def every(store: Path, profile: RuleProfile, unit: str | None = None, indicator: str | None = None, **span: date):
    first, last = span.get("first"), span.get("last")
    return restatements(Snapshot.open(store), SELECTION, unit, indicator, first, last, profile)


def test_a_correction_stands_with_both_values_and_the_rating_it_turned(store, profile):
    found = every(store, profile)

    newest, first = found.rows
    assert (first.before.value, first.after.value, first.before.index, first.after.index) == (80.0, 40.0, 1.0, 0.5)
    assert (first.field, first.kind, first.made_by, first.reason) == ("value", "correction", "budi", "salah hitung")
    assert first.turns_rating
    assert (newest.before.target, newest.after.target) == (80.0, 80.04)
    assert not newest.turns_rating
    assert (found.total, found.turned, found.batches) == (2, 1, 2)


@pytest.mark.parametrize(
    ("unit", "indicator", "span", "expected"),
    [
        pytest.param("DINKES", None, {}, 2, id="the unit above"),
        pytest.param("PKM_B", None, {}, 0, id="another unit"),
        pytest.param(None, "IMUNISASI", {}, 2, id="the indicator"),
        pytest.param(None, "KEMATIAN", {}, 0, id="another indicator"),
        pytest.param(None, None, {"first": date(2026, 7, 1), "last": date(2026, 9, 30)}, 2, id="the period"),
        pytest.param(None, None, {"last": date(2026, 6, 30)}, 0, id="an earlier period"),
    ],
)
def test_the_ledger_is_filtered(store, profile, unit, indicator, span, expected):
    assert every(store, profile, unit, indicator, **span).total == expected


def test_what_undoing_would_change_is_scored_on_both_sides(store, profile):
    with Withdrawals.opened(store, writing=False) as record:
        frame = record.would_change(3)
    (row,) = judged(Snapshot.open(store), SELECTION, frame, profile)

    assert (row.before.target, row.after.target, row.after.value) == (80.04, 80.0, 40.0)
    assert words.ahead_sentence((row,), english) == (
        "1 figure would change, 0 of them would have no value any more; 0 ratings would turn."
    )
    assert len(words.ahead_table((row,), profile, indonesian)) == 1


def test_batches_stand_newest_first_with_what_was_kept_of_them(store):
    batches = batches_of(Snapshot.open(store), TOWN)

    assert [batch.number for batch in batches] == [3, 2, 1]
    assert all(batch.can_be_undone for batch in batches)
    table = words.batch_table(batches, indonesian)
    assert table["Keadaan"].tolist() == ["● berlaku"] * 3
    assert table["Berkas"].tolist() == ["–", "–", "kota.csv"]
    (kept,) = findings_kept(Snapshot.open(store), 2)
    assert (words.place_of(kept, english), kept.text, kept.values) == ("TW III!C7", "jump from {was}", {"was": 80})


def test_an_undone_batch_and_its_undoing_can_not_be_undone(store, profile):
    with Record.opened(store, writing=True) as record:
        record.withdraw(2, "sari", "ternyata benar")
    publish(store, today=TODAY)
    batches = {batch.number: batch for batch in batches_of(Snapshot.open(store), TOWN)}

    assert not batches[2].can_be_undone
    assert not batches[4].can_be_undone
    assert words.what(batches[4], indonesian) == "Pembatalan kiriman 2"
    undone = [row for row in every(store, profile).rows if row.kind == "withdrawal"]
    assert [(row.before.value, row.after.value, row.reason) for row in undone] == [(40.0, 80.0, "ternyata benar")]


def test_a_change_too_small_for_the_decimals_shown_is_written_out(store, profile):
    table = words.ledger_table(every(store, profile).rows, profile, english)

    assert table.loc[0, ["From", "To"]].tolist() == ["80%", "80.04%"]
    assert table.loc[1, ["From", "To", "Rating turned"]].tolist() == ["80%", "40%", "◆ yes"]


def test_no_restatement_is_said(store, profile):
    assert words.sentence(every(store, profile, "PKM_B"), english) == "Nothing was restated here."
    assert words.sentence(every(store, profile), english) == ("2 figures restated by 2 batches; 1 rating turned.")
