"""Choices in the address bar, and the faces of pages that can't show figures."""

from __future__ import annotations

from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from tests.pages.conftest import ROOT, OpenPage
from tests.pages.parts import part, press
from tests.pages.test_overview import said


def test_the_address_holds_every_choice_also_the_defaults(open_page: OpenPage):
    page = open_page("overview")

    assert page.query_params == {
        "lang": "id",
        "org": "KOTA",
        "period": "2026-Q3",
        "span": "period",
        "profile": "kmk",
        "parent": "KOTA",
        "against": "previous",
    }


def test_a_link_shows_what_it_says(open_page: OpenPage):
    page = open_page("overview", lang="en", period="2025-Q2", span="to_date", parent="DINKES", profile="lkjip_a")

    assert page.title[0].value == "Overview"
    assert "January 2025 to June 2025" in said(page)
    assert "Puskesmas A" in "".join(each.text for each in part(page, "tiles-shown"))
    assert page.query_params["profile"] == "lkjip_a"


@pytest.mark.parametrize("key", ["lang", "org", "period", "span", "profile", "parent", "against", "tiles"])
def test_nonsense_in_a_link_falls_back_to_the_default(open_page: OpenPage, key: str):
    page = open_page("overview", **{key: "'; DROP TABLE"})

    assert not page.exception
    assert not page.error
    assert page.title[0].value == "Ikhtisar"


def test_a_choice_goes_into_the_address(open_page: OpenPage):
    page = open_page("overview")
    page.selectbox(key="year").select(2025).run()

    assert page.query_params["period"] == "2025-Q3"
    assert "Triwulan III 2025" in said(page)


def test_another_length_of_period_keeps_the_end(open_page: OpenPage):
    page = open_page("overview", period="2025-Q3")
    page.pills(key="grain").set_value("Tahun").run()

    assert page.query_params["period"] == "2025"


def test_choices_survive_a_change_of_page_and_back(open_page: OpenPage):
    page = open_page("overview", period="2025-Q2", lang="en", parent="DINKES")
    page.switch_page("pages/trends.py").run()
    assert page.query_params["period"] == "2025-Q2"
    page.switch_page("pages/overview.py").run()

    assert page.title[0].value == "Overview"
    assert page.query_params["parent"] == "DINKES"
    assert "Q2 2025" in said(page)


def test_a_tile_leads_down_the_tree(open_page: OpenPage):
    page = open_page("overview")
    [tile] = [each for each in part(page, "tiles-shown") if each.tag == "a" and "Dinas Kesehatan" in each.text]
    press(page, "tiles-shown", tile.attributes["data-code"])

    assert page.query_params["parent"] == "DINKES"
    assert page.button(key="up-KOTA").label == "Kota Contoh"


def test_search_reaches_a_unit_by_its_name(open_page: OpenPage):
    page = open_page("overview", lang="en")
    page.selectbox(key="search-0").select("unit:PKM_B").run()

    assert page.query_params["parent"] == "PKM_B"


def test_every_box_has_words_of_ours_where_nothing_is_chosen(open_page: OpenPage):
    page = open_page("overview")

    assert page.selectbox(key="search-0").placeholder == "Cari unit atau indikator …"


def test_an_empty_store_says_how_to_fill_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("KPI_STORE", str(tmp_path / "nothing"))
    st.cache_data.clear()
    page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30).run()

    assert page.title[0].value == "Belum ada data"
    assert "python -m kpi demo" in page.code[0].value
    assert not (tmp_path / "nothing").exists()
