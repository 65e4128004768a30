"""What an entry turned: the figure, its rating, and the indices of its unit and of all above it."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpi.i18n import Translator
from kpi.periods import Period
from kpi.scoring.profile import load_profile
from kpi.store.publish import publish
from kpi.store.record import BatchHeader, Definitions, Record
from kpi.store.snapshot import Snapshot
from kpi.views import turned_words as words
from kpi.views.selection import Selection
from kpi.views.turned import Touched, turned
from tests.small_organisation import QUARTERS, TODAY, TOWN, figures, town

NEWEST = QUARTERS[-1]
SELECTION = Selection(TOWN, NEWEST, False, "kmk")
HERE = (Touched("PKM_A", "IMUNISASI", NEWEST),)


@pytest.fixture
def two(tmp_path: Path) -> tuple[Snapshot, Snapshot]:
    """The town, and the town after PKM_A's newest immunisation fell from 80 to 40 of 80."""
    table = figures()
    with Record.opened(tmp_path, writing=True) as record:
        record.append(BatchHeader(TOWN, made_by="test"), town(), table)
    before = Snapshot.open(tmp_path, publish(tmp_path, today=TODAY).version)
    rows = [row for row in table.to_pylist() if row["unit_code"] == "PKM_A" and row["indicator_code"] == "IMUNISASI"]
    changed = type(table).from_pylist([{**rows[6], "value": 40.0}], table.schema)
    with Record.opened(tmp_path, writing=True) as record:
        record.append(BatchHeader(TOWN, made_by="test", reason="x"), Definitions(town().organisation), changed)
    return before, Snapshot.open(tmp_path, publish(tmp_path, today=TODAY).version)


def test_a_correction_turns_its_figure_and_all_indices_above(two):
    found = turned(*two, SELECTION, HERE, load_profile("kmk"))

    (figure,) = found.figures
    assert (figure.before.value, figure.after.value) == (80.0, 40.0)
    assert (figure.before.index, figure.after.index) == (1.0, 0.5)
    assert figure.is_rated_otherwise
    assert {turn.unit_code for turn in found.units} == {"PKM_A", "DINKES", TOWN}
    own = next(turn for turn in found.units if turn.unit_code == "PKM_A")
    assert (own.before.index, own.after.index) == (pytest.approx(0.95), pytest.approx((3 * 0.5 + 0.8) / 4))


def test_indices_are_compared_under_the_profile_that_is_chosen(two):
    found = turned(*two, SELECTION, HERE, load_profile("lkjip_a"))

    assert found.figures
    assert {turn.unit_code for turn in found.units} == {"PKM_A", "DINKES", TOWN}


def test_nothing_turned_is_said(two):
    found = turned(two[0], two[0], SELECTION, HERE, load_profile("kmk"))

    assert (found.figures, found.units) == ((), ())
    assert words.summary(found, Translator("en")) == "No figure, score or rating differs."
    assert turned(*two, SELECTION, (), load_profile("kmk")).figures == ()


def test_a_touched_figure_of_another_period_is_not_compared(two):
    elsewhere = (Touched("PKM_A", "IMUNISASI", Period.parse("2025-Q1")),)

    assert turned(*two, SELECTION, elsewhere, load_profile("kmk")).figures == ()


def test_a_turn_reads_as_a_sentence_with_word_and_shape(two):
    profile = load_profile("kmk")
    found = turned(*two, SELECTION, HERE, profile)
    said = words.line(found.figures[0], profile, Translator("id"))

    assert said.startswith("Puskesmas A, Imunisasi dasar lengkap, Triwulan III 2026: ")
    assert " 100,0 → " in said
    assert said.endswith(" 50,0")
    assert len(words.table(found, profile, Translator("en"))) == 4
