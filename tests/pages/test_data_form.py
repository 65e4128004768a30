"""The form for a few figures: checked at its rows, recorded with a name, and nothing typed is lost."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from kpi.model import Verification
from kpi.store.publish import publish
from kpi.store.record import Record
from kpi.store.snapshot import Snapshot
from tests.pages.conftest import OpenPage
from tests.pages.test_trends import said
from tests.small_organisation import QUARTERS, TODAY, TOWN

NEWEST = QUARTERS[-1]
PLACE = {"part": "form", "unit": "PKM_A", "length": "quarter", "for": "2026-Q3"}


@pytest.fixture
def own_store(open_page: OpenPage, small_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store of this test alone, for what it writes."""
    store = tmp_path / "store"
    shutil.copytree(small_store, store)
    monkeypatch.setenv("KPI_STORE", str(store))
    st.cache_data.clear()
    return store


def editor(page: AppTest):
    return page.data_editor[0]


def row_of(page: AppTest, name: str) -> int:
    return next(place for place, text in enumerate(editor(page).value["indicator"]) if name in text)


def typed(page: AppTest, **fields: str) -> AppTest:
    """Type into the row of the immunisation."""
    key = editor(page).key or ""
    page.session_state[key] = {
        "edited_rows": {row_of(page, "Imunisasi"): fields},
        "added_rows": [],
        "deleted_rows": [],
    }
    return page.run()


def press(page: AppTest, key: str) -> AppTest:
    return page.button(key=key).click().run()


def test_what_is_known_stands_in_the_fields(open_page, own_store):
    page = open_page("data", **PLACE)

    assert not page.exception
    row = editor(page).value.iloc[row_of(page, "Imunisasi")]
    assert (row["value"], row["target"], row["last"]) == ("80", "80", "76 (Triwulan II 2026)")
    assert page.button(key="form-check").disabled


def test_a_typed_figure_is_checked_compared_and_recorded_with_name_and_reason(open_page, own_store):
    page = press(typed(open_page("data", lang="en", **PLACE), value="70,5"), "form-check")
    assert not page.exception
    assert "80" in str(page.dataframe[-1].value.to_dict())
    assert "70.5" in str(page.dataframe[-1].value.to_dict())

    press(page, "form-commit")
    assert "Write your name first" in page.error[0].value
    page.text_input(key="made-by").set_value("Sari")
    page.text_input(key="form-reason").set_value("rekap ulang")
    press(page, "form-commit")

    assert not page.exception
    assert "Recorded as batch 2 and published." in page.success[0].value
    assert "Puskesmas A, Imunisasi dasar lengkap, Q3 2026" in said(page)
    [own] = [each.markdown[0].value for each in page.expander if each.label == "What am I looking at?"]
    assert "**With these numbers.** Imunisasi dasar lengkap, Q3 2026: 70.5% against 80% gives" in own
    batch = Snapshot.open(own_store).batches(TOWN).iloc[0]
    assert (batch["kind"], batch["made_by"], batch["reason"]) == ("form", "Sari", "rekap ulang")
    press(page, "form-more")
    assert editor(page).value.iloc[row_of(page, "Imunisasi")]["value"] == "70.5"


def test_a_fault_stands_at_its_row_and_what_was_typed_stays(open_page, own_store):
    page = press(typed(open_page("data", lang="en", **PLACE), value="70.500"), "form-check")

    assert not page.exception
    assert "**Imunisasi dasar lengkap**, Q3 2026, Value: '70.500' can be 70500 or 70.5." in said(page)
    assert not [button for button in page.button if button.key == "form-commit"]
    page.segmented_control(key="part").set_value("history").run()
    page.segmented_control(key="part").set_value("form").run()
    assert editor(page).value.iloc[row_of(page, "Imunisasi")]["value"] == "70.500"


def test_another_language_keeps_what_was_typed(open_page, own_store):
    page = typed(open_page("data", lang="en", **PLACE), value="71", note="rekap")
    page.segmented_control(key="lang").set_value("id").run()

    row = editor(page).value.iloc[row_of(page, "Imunisasi")]
    assert (row["value"], row["note"]) == ("71", "rekap")
    assert page.button(key="form-check").label == "Periksa 1 baris"


def test_a_locked_row_says_so_and_is_refused_in_words(open_page, own_store):
    with Record.opened(own_store, writing=True) as record:
        record.set_state(TOWN, "PKM_A", NEWEST, Verification.LOCKED, "Inspektur")
    publish(own_store, today=TODAY)
    page = open_page("data", lang="en", **PLACE)
    assert editor(page).value["indicator"].iloc[row_of(page, "Imunisasi")].startswith("🔒")
    press(typed(page, value="70"), "form-check")

    assert "locked and stays as it is" in said(page)
    assert not [button for button in page.button if button.key == "form-commit"]


def test_a_period_without_indicators_says_what_to_do(open_page, own_store):
    page = open_page("data", lang="en", part="form", unit="ARSIP", length="quarter", **{"for": "2026-Q3"})

    assert "state the unit's indicators first" in page.info[0].value
