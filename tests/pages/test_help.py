"""Help: each walk can be walked on the demo, wrong answers teach, and what is solved stays."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from kpi.store.training import steps_of
from kpi.training.walks import Kind, codes_of
from tests.kemuning import KEMUNING
from tests.pages.conftest import OpenPage
from tests.pages.test_language import english


@pytest.fixture
def demo(open_page: OpenPage, kemuning_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> OpenPage:
    """Opens pages on the demo, in a store to which this test alone writes."""
    store = tmp_path / "demo"
    (store / "snapshots").mkdir(parents=True)
    for file in (kemuning_store / "snapshots").iterdir():
        shutil.copy(file, store / "snapshots" / file.name)
    monkeypatch.setenv("KPI_STORE", str(store))
    st.cache_data.clear()
    return open_page


def answers(page: AppTest) -> list[str]:
    return list(page.radio[0].options)


def answer(page: AppTest, place: int) -> AppTest:
    page.radio[0].set_value(page.radio[0].options[place])
    return page.button(key=next(b.key for b in page.button if b.key and "answers-" in b.key)).click().run()


def until_right(page: AppTest) -> tuple[AppTest, list[str]]:
    """Choose one answer after the other until one is right; return the page and what the wrong ones taught."""
    taught = []
    for place in range(len(answers(page))):
        page = answer(page, place)
        assert not page.exception
        if any("Benar." in each.value for each in page.success):
            return page, taught
        taught.append(page.warning[-1].value)
    raise AssertionError("no answer is right")


@pytest.mark.parametrize("kind", Kind)
def test_the_first_task_of_each_walk_checks_itself(demo: OpenPage, kind: Kind):
    page = demo("help", walk=kind.value)
    page, taught = until_right(page)

    assert all("Belum tepat." in each and len(each) > 40 for each in taught)
    assert any("1 dari 4" in str(each.proto.text) for each in page.get("progress"))
    assert [step.task for step in steps_of(Path(os.environ["KPI_STORE"]), KEMUNING)] == [codes_of(kind)[0]]
    assert not english(page)


def test_an_officer_finishes_the_walk(demo: OpenPage):
    page = demo("help", walk=Kind.OFFICER.value)
    for number in range(1, 5):
        page, _ = until_right(page)
        if number < 4:
            page.button(key="training-next").click().run()

    assert any("Latihan selesai" in each.value for each in page.success)
    assert not english(page)

    again = demo("help", walk=Kind.OFFICER.value)  # another session of the same person
    assert any("Latihan selesai" in each.value for each in again.success)


def test_other_pages_lead_back_to_the_open_task(demo: OpenPage):
    page = demo("help", walk=Kind.LEADER.value)
    page = page.switch_page("pages/gaps.py").run()

    assert any("Unit mana yang paling banyak mengurangi poin" in each.value for each in page.markdown)

    page.button(key="training-leave").click().run()
    assert not any("Unit mana yang paling banyak mengurangi poin" in each.value for each in page.markdown)


def test_a_link_alone_shows_no_line_of_somebody_elses_walk(open_page: OpenPage):
    page = open_page("gaps", walk="leader", task="2")

    assert not [each for each in page.button if each.key == "training-leave"]


def test_figures_that_allow_no_question_do_not_stop_a_walk(
    open_page: OpenPage, small_store: Path, tmp_path, monkeypatch
):
    shutil.copytree(small_store, tmp_path / "town")
    monkeypatch.setenv("KPI_STORE", str(tmp_path / "town"))
    st.cache_data.clear()
    page = open_page("help", walk=Kind.OFFICER.value, task="3")  # no file brought the town's figures

    assert any("tidak memungkinkan" in each.value for each in page.info)
    assert any("1 dari 4" in str(each.proto.text) for each in page.get("progress"))


def test_doubts_are_answered_with_ways_into_the_product(open_page: OpenPage):
    page = open_page("help", help="questions")

    assert {"Tentang saya", "Tentang angka dan warna", "Tentang pelaporan dan target"} <= {
        each.value for each in page.subheader
    }
    assert len(page.expander) >= 12
    assert any("tidak menghitung gaji" in each.value for each in page.markdown)
    assert not english(page)


def test_a_draft_is_judged_as_it_is_typed(open_page: OpenPage):
    page = open_page("help", help="smart", draft="_weak")
    said = page.markdown

    assert any("harus diperbaiki" in each.value for each in said)
    assert any("Belum dinyatakan arah" in each.value for each in said)
    assert any("Hanya diketahui sekali setahun" in each.value for each in said)

    page.selectbox(key="smart-_weak-id-polarity").select("maximize").run()
    assert not any("Belum dinyatakan arah" in each.value for each in page.markdown)
    assert not english(page)


def test_a_number_that_cannot_be_read_is_said_at_its_field(open_page: OpenPage):
    page = open_page("help", help="smart", draft="_good")
    assert any("dapat disepakati" in each.value for each in page.markdown)

    page.text_input(key="smart-_good-id-target").set_value("empat puluh").run()
    assert any("Target" in each.value for each in page.warning)
    assert not english(page)


def test_the_sheet_of_an_indicator_can_be_checked(open_page: OpenPage):
    page = open_page("help", help="smart", draft="IMUNISASI")

    assert page.text_input(key="smart-IMUNISASI-id-name").value == "Imunisasi dasar lengkap"
    assert any("Tidak ada definisi" in each.value for each in page.markdown)


def test_a_figure_is_worked_out_live(open_page: OpenPage):
    page = open_page("help", help="rules")
    assert any("Indeks 95,0" in each.value for each in page.markdown)

    page.slider(key="_worked-value").set_value(40).run()
    assert any("Indeks 50,0" in each.value for each in page.markdown)

    page.selectbox(key="worked").select("permenpan8").run()
    assert any("Sangat Kurang" in each.value for each in page.markdown)
    assert not english(page)


def test_an_example_sets_the_sliders(open_page: OpenPage):
    page = open_page("help", help="rules")
    page.selectbox(key="_worked-example").select("zero").run()

    assert page.slider(key="_worked-worst").value == 10
    assert any("Indeks 60,0" in each.value for each in page.markdown)


def test_who_may_count_people_sees_counts_and_never_few(open_page: OpenPage):
    page = open_page("help", help="progress")

    assert any("tidak menunjuk siapa pun" in each.value for each in page.markdown)
    assert set(page.dataframe[0].value["Sudah mulai"]) == {"tidak ditampilkan"}
    assert not english(page)


def test_the_form_of_a_statement_has_its_check_beside_it(open_page: OpenPage):
    page = open_page("data", part="stating", unit="PKM_A", stated="IMUNISASI", of_year="2026")

    assert any("SMART-C" in each.label for each in page.expander)
    assert any("Tidak ada definisi" in each.value for each in page.markdown)
    assert not english(page)
