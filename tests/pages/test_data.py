"""The Data page: its sections, and the way in for files."""

from __future__ import annotations

from tests.pages.conftest import OpenPage


def test_the_page_offers_the_template_of_a_unit_and_its_last_finished_period(open_page: OpenPage):
    page = open_page("data", unit="PKM_A", lang="en", period="2026-Q3")

    assert not page.exception
    assert page.title[0].value == "Data"
    assert page.selectbox(key="for").value == "2026-Q3"
    assert page.get("download_button")[0].label == "Download the template"
