"""An event entered on trends stands on the chart at once; a fault is said beneath its field, and nothing is lost."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import streamlit as st

from kpi.store.snapshot import Snapshot
from tests.pages.conftest import OpenPage
from tests.pages.parts import unfold
from tests.pages.test_trends import said
from tests.small_organisation import TOWN


@pytest.fixture
def own_store(open_page: OpenPage, small_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store of this test alone, for what it writes."""
    store = tmp_path / "store"
    shutil.copytree(small_store, store)
    monkeypatch.setenv("KPI_STORE", str(store))
    st.cache_data.clear()
    return store


def filled(page, *, day: str = "2025-08-15", author: str = "petugas-a", text: str = "Loket <baru> dibuka"):
    unfold(page, "event-folded")
    page.text_input(key="event-happened_on-0").set_value(day)
    page.text_input(key="event-author-0").set_value(author)
    page.text_input(key="event-text-0").set_value(text)
    return page


def save_labelled(page, labels):
    """Press the button with one of these labels."""
    return next(button for button in page.button if button.label in labels).click().run()


def save(page):
    return save_labelled(page, ("Simpan peristiwa", "Save the event"))


def test_an_event_entered_stands_on_the_chart_and_in_the_list(open_page, own_store):
    page = filled(open_page("trends", indicator="IMUNISASI", units="PKM_A", lang="en"))
    page.checkbox(key="event-rebases-0").check()
    save(page)

    assert not page.exception
    assert "saved and stands on the chart" in page.success[0].value
    assert "1 · 15 August 2025, programme started: Loket <baru> dibuka (petugas-a)" in said(page)
    assert page.text_input(key="event-happened_on-1").value == ""
    event = Snapshot.open(own_store).events(TOWN).iloc[0]
    assert (event["unit_code"], event["indicator_code"], bool(event["rebases_limits"])) == ("PKM_A", "IMUNISASI", True)


def test_a_fault_is_said_beneath_its_field_and_nothing_is_lost(open_page, own_store):
    page = save(filled(open_page("trends", indicator="IMUNISASI", units="PKM_A"), day="15 Agustus", author=""))

    assert not page.exception
    assert [each.value for each in page.error] == [
        "'15 Agustus' bukan tanggal. Tulis seperti 2026-09-30.",
        "Masih kosong. Isilah.",
    ]
    assert page.text_input(key="event-happened_on-0").value == "15 Agustus"
    assert page.text_input(key="event-text-0").value == "Loket <baru> dibuka"
    assert Snapshot.open(own_store).events(TOWN).empty


def test_an_event_of_everything_concerns_no_single_unit_or_indicator(open_page, own_store):
    page = filled(open_page("trends", indicator="IMUNISASI", units="PKM_A,PKM_B"))
    page.radio(key="event-scope-0").set_value("all")
    save(page)

    event = Snapshot.open(own_store).events(TOWN).iloc[0]
    assert event[["unit_code", "indicator_code"]].isna().all()
    assert "Loket" in said(page.switch_page("pages/trends.py").run())


def test_an_event_outside_the_chart_is_saved_and_says_so(open_page, own_store):
    page = save(filled(open_page("trends", indicator="IMUNISASI", units="PKM_A,PKM_B", lang="en"), day="2019-01-01"))

    assert "lies outside the periods of this chart" in page.success[0].value
    assert len(Snapshot.open(own_store).events(TOWN)) == 2


def test_a_store_without_its_record_is_said_in_the_form(open_page, own_store):
    page = filled(open_page("trends", indicator="IMUNISASI", units="PKM_A", lang="en"))
    (own_store / "record.duckdb").unlink()
    save(page)

    assert not page.exception
    assert "KOTA" in page.error[0].value
    assert page.text_input(key="event-text-0").value == "Loket <baru> dibuka"
