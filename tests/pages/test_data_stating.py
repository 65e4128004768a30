"""Stating indicators on screen: a draft is kept as typed, checked, agreed, and seen in its versions."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from kpi.access import LOCAL
from kpi.intake.statements import standing_statements
from kpi.store.snapshot import Snapshot
from tests.pages.conftest import OpenPage
from tests.pages.parts import unfold
from tests.pages.test_data_form import own_store, press
from tests.pages.test_trends import said
from tests.small_organisation import TOWN

__all__ = ["own_store"]
PLACE = {"part": "stating", "unit": "PKM_A", "of_year": "2026", "lang": "en"}


def field(page: AppTest, name: str):
    widgets = (*page.text_input, *page.text_area, *page.selectbox)
    return next(each for each in widgets if each.key and each.key.endswith(f"-{name}") and "stating-" in each.key)


def keep(page: AppTest) -> AppTest:
    return next(button for button in page.button if "Keep as a draft" in button.label).click().run()


@pytest.fixture
def new_draft(open_page: OpenPage, own_store) -> AppTest:
    page = open_page("data", **PLACE)
    page.text_input(key="made-by").set_value("Sari").run()
    for name, text in {
        "code": "kepuasan",
        "name": "Kepuasan pasien",
        "unit_of_measure": "%",
        "polarity": "maximize",
        "target-2026": "85",
        "target-2027": "86,5",
        "weight": "25",
    }.items():
        field(page, name).set_value(text)
    return keep(page)


def test_the_list_shows_weights_and_warns_when_their_sum_is_not_100(open_page, own_store):
    page = open_page("data", **PLACE)

    assert not page.exception
    table = page.dataframe[0].value
    assert table["Weight"].tolist() == ["3", "1"]
    assert "**Agreed weights**: 4 of 100." in page.warning[-1].value


def test_a_new_indicator_is_a_draft_until_it_is_agreed(new_draft, own_store):
    page = new_draft
    assert not page.exception
    assert "The draft is kept." in page.success[0].value
    assert field(page, "name").value == "Kepuasan pasien"
    assert "Draft: new" in page.dataframe[0].value["State"].tolist()
    assert "KEPUASAN" not in set(Snapshot.open(own_store).indicators(TOWN)["indicator_code"])

    press(page, "stating-commit")
    assert not page.exception
    assert "Recorded as batch 3 and published." in page.success[0].value
    snapshot = Snapshot.open(own_store)
    assert "KEPUASAN" in set(snapshot.indicators(TOWN)["indicator_code"])
    press(page, "stating-more")
    assert "Agreed" in page.dataframe[0].value["State"].tolist()
    unfold(page, "versions-folded")
    versions = next(frame.value for frame in page.dataframe if "First version" in frame.value.to_string())
    assert versions["Who"].tolist() == ["Sari"]


def test_a_fault_is_said_at_its_field_and_the_draft_stays_as_typed(new_draft, own_store):
    page = new_draft
    field(page, "target-2027").set_value("12.500")
    keep(page)

    assert "can't be agreed yet" in page.warning[-1].value
    assert "**Target 2027**: '12.500' can be 12500 or 12.5." in said(page)
    assert field(page, "target-2027").value == "12.500"
    assert not [button for button in page.button if button.key == "stating-commit"]


def test_a_changed_definition_shows_old_and_new_and_asks_for_a_reason(open_page, own_store):
    page = open_page("data", stated="IMUNISASI", **PLACE)
    page.text_input(key="made-by").set_value("Sari").run()
    field(page, "purpose").set_value("Melindungi bayi")
    keep(page)

    assert not page.exception
    changes = next(frame.value for frame in page.dataframe if "Before" in frame.value and "When" not in frame.value)
    assert changes.to_numpy().tolist() == [["Purpose", "–", "Melindungi bayi"]]
    press(page, "stating-commit")
    assert "Write the reason first" in page.error[0].value
    page.text_input(key="stating-reason").set_value("reviu")
    press(page, "stating-commit")
    assert not page.exception
    assert Snapshot.open(own_store).definition_versions(TOWN, "IMUNISASI")["reason"].tolist()[0] == "reviu"


def test_a_dropped_draft_is_gone_from_the_list_and_kept_in_the_record(new_draft, own_store):
    page = press(new_draft, "stating-drop")

    assert "The draft is dropped." in page.success[0].value
    assert "KEPUASAN" not in page.dataframe[0].value["Code"].tolist()
    assert [one.state.value for one in standing_statements(own_store, LOCAL, TOWN)] == ["dropped"]


def test_nothing_is_written_without_a_name(open_page, own_store):
    page = open_page("data", **PLACE)
    field(page, "code").set_value("X")
    keep(page)

    assert "Write your name first" in page.error[0].value
    assert field(page, "code").value == "X"
