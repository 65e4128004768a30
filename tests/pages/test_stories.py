"""What a reader of the demo must find, and must not: Health's real fall after 2023, and a change that is none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from tests.kemuning import kemuning_store
from tests.pages.conftest import OpenPage
from tests.pages.parts import unfold
from tests.pages.test_trends import said

__all__ = ["kemuning_store"]


@pytest.fixture
def open_demo(open_page: OpenPage, kemuning_store: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    """Open a page of the demo as `open_page` opens one of the small town."""
    monkeypatch.setenv("KPI_STORE", str(kemuning_store))
    st.cache_data.clear()
    return open_page


@pytest.mark.parametrize(("lang", "expected"), [("en", "A real change for the better"), ("id", "Sungguh membaik")])
@pytest.mark.parametrize("indicator", ["AKB", "AKI", "JML_KEMATIAN_BAYI"])
def test_trends_find_the_fall_of_deaths_after_2023(open_demo, indicator, lang, expected):
    page = open_demo("trends", indicator=indicator, units="DINKES", period="2026-Q3", lang=lang)

    assert not page.exception
    assert expected in said(page)


def test_before_it_happened_there_is_no_fall(open_demo):
    page = open_demo("trends", indicator="AKB", units="DINKES", period="2023-Q4", lang="en")

    assert "**● No real change**" in said(page)


def test_what_was_begun_before_the_fall_is_named_beneath_the_chart(open_demo):
    page = open_demo("trends", indicator="AKB", units="DINKES", period="2026-Q3", lang="en")

    assert "1 · 8 January 2024, programme started: Program pendampingan ibu hamil risiko tinggi" in said(page)


@pytest.mark.parametrize(
    ("lang", "nothing", "something"),
    [("en", "**● No real change**", "A real change"), ("id", "**● Tidak ada perubahan nyata**", "Sungguh")],
)
def test_trends_do_not_fall_for_the_decoy(open_demo, lang, nothing, something):
    page = open_demo("trends", indicator="LAYANAN_TEPAT_WAKTU", units="DINSOS", period="2026-10", lang=lang)

    assert nothing in said(page)
    assert something not in said(page)


def test_gaps_say_of_the_decoy_that_it_misses_its_target_and_did_not_change(open_demo):
    page = open_demo("gaps", unit="DINSOS", period="2026-10", lang="en")
    line = next(each for each in said(page).splitlines() if "Layanan selesai tepat waktu** – " in each)

    assert "off its target" in line
    assert "**● No real change**" in line


def test_a_changed_definition_starts_the_range_anew_and_few_points_say_so(open_demo):
    page = open_demo("trends", indicator="SAMPAH_TERKELOLA", units="DLH", period="2026-Q3", lang="en")

    assert "Too few points to tell a real change from chance: 7 of 12." in said(page)
    assert "the usual range starts anew" in said(page)


def test_comparison_puts_units_in_groups_with_counts_and_both_verdicts(open_demo):
    page = open_demo("comparison", parent="DINKES", by="indicator", indicator="K4", period="2026-Q3", lang="en")

    assert "8 units in 3 groups" in said(page)
    assert "Puskesmas Melurasih: In Q3 2026 it misses its target of 91%." in said(page)
    table = unfold(page).dataframe[0].value
    assert {"Group", "Counted", "95% interval"} <= set(table.columns)
    assert not {"Rank", "Place"} & set(table.columns)


@pytest.mark.parametrize(("lang", "best"), [("en", "The best quarter so far"), ("id", "terbaik sejauh ini")])
def test_gaps_hold_the_needed_pace_against_the_best_so_far(open_demo, lang, best):
    page = open_demo("gaps", unit="DPUPR", period="2026-Q3", lang=lang)

    assert best in said(page)
