"""The Data page: its books, undoing a batch, states of periods; what is missing is said and nothing is lost."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from kpi.model import Verification
from kpi.periods import Period
from kpi.store.publish import publish
from kpi.store.record import BatchHeader, Definitions, Record
from kpi.store.snapshot import Snapshot
from tests.pages.conftest import OpenPage
from tests.pages.test_trends import said
from tests.small_organisation import QUARTERS, TODAY, TOWN, figures, town

NEWEST = QUARTERS[-1]


@pytest.fixture
def own_store(open_page: OpenPage, small_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store of this test alone; its batch 2 lowers PKM_A's newest immunisation from 80 to 40."""
    store = tmp_path / "store"
    shutil.copytree(small_store, store)
    table = figures()
    rows = [row for row in table.to_pylist() if row["unit_code"] == "PKM_A" and row["indicator_code"] == "IMUNISASI"]
    lowered = type(table).from_pylist([{**rows[6], "value": 40.0}], table.schema)
    with Record.opened(store, writing=True) as record:
        header = BatchHeader(TOWN, made_by="budi", reason="=salah hitung", file_name="koreksi.csv")
        record.append(header, Definitions(town().organisation), lowered)
    publish(store, today=TODAY)
    monkeypatch.setenv("KPI_STORE", str(store))
    st.cache_data.clear()
    return store


def press(page: AppTest, label: str) -> AppTest:
    return next(button for button in page.button if button.label == label).click().run()


def tables(page: AppTest) -> list:
    return [frame.value for frame in page.dataframe]


def test_the_page_offers_its_sections_and_the_address_keeps_the_choice(open_page, own_store):
    page = open_page("data", part="history", lang="en")

    assert not page.exception
    assert page.title[0].value == "Data"
    assert {"Send figures", "History"} <= set(page.segmented_control(key="part").options)
    assert page.query_params["part"] == "history"


def test_batches_stand_with_who_when_file_and_counts(open_page, own_store):
    page = open_page("data", part="history", lang="en")

    table = tables(page)[0]
    assert table["Batch"].tolist() == [2, 1]
    assert table["Who"].tolist() == ["budi", "test"]
    assert table["File"].tolist() == ["koreksi.csv", "town.csv"]
    assert "No warning was kept with this batch." in [each.value for each in page.caption]


def test_undoing_is_shown_first_refused_without_a_reason_and_then_done(open_page, own_store):
    page = open_page("data", part="history", batch="2", lang="en")
    page.toggle(key="undo-2").set_value(True).run()
    assert "1 figure would change" in said(page)
    assert tables(page)[1][["From", "To"]].to_numpy().tolist() == [["40%, target 80%", "80%, target 80%"]]

    press(page, "Undo the batch")
    assert "Your name is missing" in page.error[0].value
    page.text_input(key="made-by").set_value("sari")
    press(page, "Undo the batch")
    assert "The reason is missing" in page.error[0].value
    page.text_area(key="undo-reason-2").set_value("angka lama benar")
    press(page, "Undo the batch")

    assert not page.exception
    assert page.success[0].value == "Batch 2 is undone by batch 3."
    assert "Puskesmas A, Imunisasi dasar lengkap, Q3 2026" in said(page)
    assert Snapshot.open(own_store).batches(TOWN)["is_withdrawn"].tolist() == [False, True, False]


def test_a_locked_figure_is_undone_only_by_one_who_may(open_page, own_store):
    with Record.opened(own_store, writing=True) as record:
        record.set_state(TOWN, "PKM_A", NEWEST, Verification.LOCKED, "kepala")
    page = open_page("data", part="history", batch="2", lang="en")
    page.toggle(key="undo-2").set_value(True).run()
    assert page.warning[-1].value == "1 figure of this batch is locked."
    page.text_input(key="made-by").set_value("sari")
    page.text_area(key="undo-reason-2").set_value("angka lama benar")
    press(page, "Undo the batch")
    assert "Locked figures would change" in page.error[0].value
    assert page.text_area(key="undo-reason-2").value == "angka lama benar"

    page.checkbox(key="undo-locked-2").check()
    press(page, "Undo the batch")
    assert "is undone by batch 4" in page.success[0].value


def test_the_ledger_says_from_to_who_why_and_which_rating_turned(open_page, own_store):
    page = open_page("data", part="history", book="ledger", lang="en")

    assert not page.exception
    assert "1 figure restated by 1 batch; 1 rating turned." in said(page)
    row = tables(page)[0].iloc[0]
    assert row[["From", "To", "Who", "Reason", "Rating turned"]].tolist() == [
        "80%", "40%", "budi", "=salah hitung", "◆ yes",
    ]  # fmt: skip


def test_the_ledger_is_filtered_by_the_address(open_page, own_store):
    page = open_page("data", part="history", book="ledger", changed_unit="PKM_B", lang="en")

    assert "Nothing was restated here." in said(page)
    assert not page.dataframe


def test_nothing_is_undone_in_the_past(open_page, own_store):
    today = Snapshot.open(own_store).meta.published_at.astimezone().date()
    page = open_page("data", part="history", batch="2", known=today.isoformat(), lang="en")

    assert not page.exception
    assert any("Nothing can be undone while an earlier day is shown" in each.value for each in page.caption)
    assert not page.toggle


def test_a_period_is_verified_and_stands_so_in_the_matrix(open_page, own_store):
    page = open_page("data", part="states", state_unit="PKM_A", state_period="2026-Q3", lang="en")
    assert not page.exception
    assert "Now: ○ Reported: 1." in said(page)
    press(page, "Set the state")
    assert "Your name is missing" in page.error[0].value
    page.text_input(key="made-by").set_value("kepala")
    press(page, "Set the state")

    assert not page.exception
    assert page.success[0].value == "Q3 2026, 1 unit: ◐ Verified."
    rows = tables(page)[0].set_index("Unit")
    assert rows.loc["\u2003\u2003Puskesmas A", "Q3"].startswith("◐ Verified · 2/2")
    assert Snapshot.open(own_store).states(TOWN)["made_by"].tolist() == ["kepala"]


def test_a_period_goes_back_only_with_a_reason_and_only_where_it_was_set(open_page, own_store):
    with Record.opened(own_store, writing=True) as record:
        record.set_state(TOWN, "PKM_A", NEWEST, Verification.LOCKED, "kepala")
    publish(own_store, today=TODAY)
    page = open_page("data", part="states", state_unit="PKM_A", state_period="2026-Q3", lang="en")
    page.text_input(key="made-by").set_value("kepala")
    page.segmented_control(key="state-wanted").set_value("reported")
    press(page, "Set the state")
    assert "The reason is missing" in page.error[0].value
    page.text_input(key="state-reason").set_value("keliru kunci")
    press(page, "Set the state")

    assert page.success[0].value == "Q3 2026, 1 unit: ○ Reported."
    assert Snapshot.open(own_store).state_history(TOWN)["reason"].iloc[0] == "keliru kunci"


def test_units_below_are_set_together(open_page, own_store):
    page = open_page("data", part="states", state_unit="DINKES", state_period="2026-Q3", lang="en")
    page.checkbox(key="state-below").check().run()
    page.text_input(key="made-by").set_value("kepala")
    press(page, "Set the state")

    assert page.success[0].value == "Q3 2026, 3 units: ◐ Verified."


def test_a_wider_lock_is_named_where_a_part_of_it_would_go_back(open_page, own_store):
    with Record.opened(own_store, writing=True) as record:
        record.set_state(TOWN, "PKM_A", Period.parse("2026"), Verification.LOCKED, "kepala")
    publish(own_store, today=TODAY)
    page = open_page("data", part="states", state_unit="PKM_A", state_period="2026-Q3", lang="en")
    page.text_input(key="made-by").set_value("kepala")
    page.text_input(key="state-reason").set_value("x")
    press(page, "Set the state")

    assert page.error[0].value == "Q3 2026 stands as ● Locked through 2026: reopen that."


def test_completeness_counts_as_figures_of_two_indicators(open_page, own_store):
    page = open_page("data", part="states", task="count", state_parent="DINKES", counted="2026-Q2", lang="en")
    page.toggle(key="counted-2026-Q2-quarter").set_value(True).run()
    assert not page.exception
    page.text_input(key="made-by").set_value("kepala")
    page.button(key="counted-commit").click().run()

    assert not page.exception
    snapshot = Snapshot.open(own_store)
    assert {"KELENGKAPAN_LAPORAN", "KETEPATAN_LAPORAN"} <= set(snapshot.indicators(TOWN)["indicator_code"])
    facts = snapshot.facts(TOWN, unit_codes=["PKM_A"], indicator_codes=["KELENGKAPAN_LAPORAN"])
    assert facts["value"].tolist() == [100.0]
    expected = snapshot.punctuality(TOWN, NEWEST.grain)
    assert set(expected.loc[expected["unit_code"] == "PKM_A", "expected"]) == {2}
