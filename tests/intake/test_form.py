"""A form for a few figures: what was typed is read row by row, and goes the way of every import."""

from __future__ import annotations

import shutil
from math import nan

import pytest

from kpi.access import LOCAL
from kpi.intake import commit
from kpi.intake.form import FormRow, form_proposal, known_texts
from kpi.intake.templates.amount import written
from kpi.intake.templates.content import Entry, Filling, Known, content_of
from kpi.model import Indicator, Verification
from kpi.periods import Period
from kpi.store.publish import publish
from kpi.store.record import Record
from kpi.store.snapshot import Snapshot
from tests.small_organisation import TODAY, TOWN, small_store

__all__ = ["small_store"]
QUARTER = Period.parse("2026-Q3")


@pytest.fixture
def own_store(small_store, tmp_path):
    store = tmp_path / "own"
    shutil.copytree(small_store, store)
    return store


def rows_of(store, unit="PKM_A", period=QUARTER, **typed):
    """The rows of a form in which `typed` was typed: INDICATOR=dict(value="81,5")."""
    found = []
    for entry in content_of(Snapshot.open(store), TOWN, unit, period).entries:
        known = known_texts(entry, "id")
        texts = {**known, **typed.get(entry.indicator.indicator_code, {})}
        found.append(FormRow(unit, entry.indicator, entry.period, known, texts))
    return found


def said(found):
    return [(finding.row, finding.field, finding.severity.value, str(finding.message)) for finding in found.findings]


def row_of(rows, code):
    return next(place for place, row in enumerate(rows) if row.indicator.indicator_code == code)


def test_a_form_that_nobody_touched_does_nothing(own_store):
    found = form_proposal(own_store, LOCAL, TOWN, rows_of(own_store))

    assert (found.proposal, found.findings, found.touched, found.is_refused) == (None, (), (), True)


def test_a_typed_figure_is_compared_and_recorded_as_a_form(own_store):
    found = form_proposal(
        own_store, LOCAL, TOWN, rows_of(own_store, IMUNISASI={"value": "81,5", "note": "=rekap\nulang"})
    )
    assert not found.is_refused
    assert found.proposal is not None
    value = found.proposal.difference.query("field == 'value'").iloc[0]
    assert (value["old"], value["new"], value["status"]) == (80.0, 81.5, "changed")
    assert found.proposal.needs_reason

    report = commit(own_store, LOCAL, found.proposal, "Sari", "rekap ulang")
    publish(own_store, today=TODAY)
    snapshot = Snapshot.open(own_store)
    assert report.accepted == 1
    batch = snapshot.batches(TOWN).iloc[0]
    assert (batch["kind"], batch["made_by"], batch["reason"]) == ("form", "Sari", "rekap ulang")
    figure = snapshot.measurements(
        TOWN, unit_codes=["PKM_A"], indicator_codes=["IMUNISASI"], first=QUARTER.end, last=QUARTER.end
    ).iloc[0]
    assert (figure["value"], figure["target"], figure["note"]) == (81.5, 80.0, "=rekap ulang")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12.500", "'12.500' can be 12500 or 12.5. Type it as a number, without marks between thousands."),
        ("naik", "'naik' is no number. Write a number, or leave the cell empty where nothing is known yet."),
        ("80–90", "'80–90' is a range, which only a target can be. Write one number."),
        ("", "an emptied field takes nothing back. Write the right figure, or withdraw its entry under History."),
    ],
)
def test_what_can_not_be_taken_is_said_at_its_row_and_field(own_store, text, expected):
    rows = rows_of(own_store, KEMATIAN={"value": text})
    found = form_proposal(own_store, LOCAL, TOWN, rows)

    assert said(found) == [(row_of(rows, "KEMATIAN"), "value", "error", expected)]
    assert found.is_refused


def test_a_fault_that_the_checks_find_stands_at_its_row(own_store):
    rows = rows_of(own_store, IMUNISASI={"value": "79"}, KEMATIAN={"value": "", "numerator": "3"})
    rows[row_of(rows, "KEMATIAN")].known["value"] = ""  # as if nothing were known of it
    found = form_proposal(own_store, LOCAL, TOWN, rows)

    place = row_of(rows, "KEMATIAN")
    assert (place, "denominator", "error", "the numerator has no denominator. Give both, or neither.") in said(found)
    assert found.is_refused


def test_a_locked_figure_is_refused_in_words_and_its_neighbour_is_not(own_store):
    with Record.opened(own_store, writing=True) as record:
        record.set_state(TOWN, "PKM_A", QUARTER, Verification.LOCKED, "Inspektur")
    publish(own_store, today=TODAY)
    rows = rows_of(own_store, IMUNISASI={"value": "81"})
    found = form_proposal(own_store, LOCAL, TOWN, rows)

    (finding,) = [each for each in found.findings if each.severity.value == "error"]
    assert finding.row == row_of(rows, "IMUNISASI")
    assert "locked and stays as it is" in str(finding.message)
    assert found.is_refused


def test_a_target_is_shown_and_read_back_as_a_range_and_a_level_as_its_word():
    indicator = Indicator(TOWN, "OPINI", "Opini", "", ordinal_levels="WTP:4;WDP:3")
    entry = Entry("PKM_A", indicator, QUARTER, Filling.VALUE, Known(value=4.0, target=3.0, target_high=4.0))

    texts = known_texts(entry, "id")
    assert (texts["value"], texts["target"], texts["numerator"]) == ("WTP", "3–4", "")


@pytest.mark.parametrize(
    ("number", "expected"),
    [(97.25, "97,25"), (12500.0, "12500"), (12.125, "12,1250"), (-0.5, "-0,5"), (nan, ""), (1e-7, "0,0000001")],
)
def test_a_number_is_written_so_that_it_can_be_read_in_one_way_only(number, expected):
    assert written(number, "id") == expected
