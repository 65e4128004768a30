"""States, completeness and punctuality: what a cell says, what covers it, and what is due."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kpi.errors import UnknownCode
from kpi.i18n import Translator
from kpi.model import Verification
from kpi.periods import Grain, Period
from kpi.store.publish import publish
from kpi.store.record import Record
from kpi.store.snapshot import Snapshot
from kpi.views import states_words as words
from kpi.views.selection import Selection
from kpi.views.states import Arrival, arrival, state_matrix
from tests.small_organisation import QUARTERS, TODAY, TOWN

NEWEST = QUARTERS[-1]
SELECTION = Selection(TOWN, NEWEST, False, "kmk")
indonesian, english = Translator("id"), Translator("en")


@pytest.fixture
def store(small_store: Path, tmp_path: Path) -> Path:
    """The town; PKM_A's whole year 2026 is verified, then its second quarter locked."""
    store = tmp_path / "store"
    shutil.copytree(small_store, store)
    with Record.opened(store, writing=True) as record:
        record.set_state(TOWN, "PKM_A", Period.parse("2026"), Verification.VERIFIED, "kepala")
        record.set_state(TOWN, "PKM_A", Period.parse("2026-Q2"), Verification.LOCKED, "inspektur")
    publish(store, today=TODAY)
    return store


def row(matrix, unit: str):
    return next(each for each in matrix.units if each.unit_code == unit)


def test_a_cell_takes_the_furthest_state_that_covers_it(store):
    matrix = state_matrix(Snapshot.open(store), SELECTION, None, TOWN)

    assert matrix.grain is Grain.QUARTER
    assert [cell.state.value for cell in row(matrix, "PKM_A").cells] == ["verified", "locked", "verified"]
    locked = row(matrix, "PKM_A").cells[1]
    assert (locked.because.made_by, locked.because.is_of(Period.parse("2026-Q2"))) == ("inspektur", True)
    assert row(matrix, "PKM_B").cells[1].because is None
    assert len(matrix.history) == 2
    assert matrix.state_of("PKM_A", Period.parse("2026")) is Verification.VERIFIED


def test_only_units_below_the_chosen_one_that_report_stand_in_it(store):
    matrix = state_matrix(Snapshot.open(store), SELECTION, None, "DINKES")

    assert [unit.unit_code for unit in matrix.units] == ["PKM_A", "PKM_B"]
    with pytest.raises(UnknownCode):
        state_matrix(Snapshot.open(store), SELECTION, None, "NOPE")


def test_another_length_shows_what_is_reported_at_it(store):
    matrix = state_matrix(Snapshot.open(store), SELECTION, Grain.YEAR, TOWN)

    assert [unit.unit_code for unit in matrix.units] == ["DISDIK"]
    assert matrix.offered == (Grain.QUARTER, Grain.YEAR)
    assert row(matrix, "DISDIK").cells[0].arrival is Arrival.NOT_DUE


@pytest.mark.parametrize(
    ("counts", "is_due", "expected"),
    [
        pytest.param((4, 4, 4), False, Arrival.IN_TIME, id="all there before it is due"),
        pytest.param((4, 4, 3), True, Arrival.LATE, id="one late"),
        pytest.param((4, 3, 3), True, Arrival.INCOMPLETE, id="one missing"),
        pytest.param((4, 0, 0), True, Arrival.MISSING, id="nothing"),
        pytest.param((4, 3, 3), False, Arrival.NOT_DUE, id="not due yet"),
    ],
)
def test_how_reports_came(counts, is_due, expected):
    assert arrival(*counts, is_due=is_due) is expected


def test_every_word_of_a_cell_has_a_shape(store):
    matrix = state_matrix(Snapshot.open(store), SELECTION, None, TOWN)
    table = words.matrix_table(matrix, indonesian)

    said = table.set_index("Unit").loc["\u2003\u2003Puskesmas A", "TW II"]
    assert said.startswith("● Dikunci · 2/2 ▲ terlambat")
    assert words.cell_said(None, english) == "–"
    assert len(words.arrivals_table(matrix, english)) == sum(len(unit.cells) for unit in matrix.units)
    assert words.history_table(matrix, {}, 1, english)["Period"].tolist() == ["Q2 2026", "2026"]


def test_states_may_be_set_for_what_is_shown_and_for_longer_periods(store):
    matrix = state_matrix(Snapshot.open(store), SELECTION, None, TOWN)

    codes = [period.code for period in matrix.may_be_set]
    assert codes == ["2026-Q3", "2026-Q2", "2026-Q1", "2026-S1", "2026-S2", "2026"]
    assert matrix.newest == NEWEST
    assert words.now_said(matrix, ["PKM_A", "PKM_B"], NEWEST, english) == "Now: ○ Reported: 1 · ◐ Verified: 1."


def test_a_town_without_figures_has_no_rows(store):
    matrix = state_matrix(Snapshot.open(store), SELECTION, None, "ARSIP")

    assert matrix.units == ()
