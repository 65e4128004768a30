"""Sending figures through the page: nothing is written before it is confirmed; then the unit sees its own trend."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from kpi.store.record import Record
from kpi.store.snapshot import Snapshot
from tests.intake.sheets.workbooks import several_sheets
from tests.pages.conftest import OpenPage
from tests.small_organisation import TOWN

TABLE = "Indikator;Satuan;Target 2026;Realisasi TW III\n{}"
SOUND = "Imunisasi dasar lengkap;%;80;84,5\nKematian ibu;kasus;10;9\n"
MISSPELT = "Kematian ibuu;kasus;10;9\n"


@pytest.fixture
def own_store(open_page: OpenPage, small_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store of this test alone, for what it writes."""
    store = tmp_path / "store"
    shutil.copytree(small_store, store)
    monkeypatch.setenv("KPI_STORE", str(store))
    st.cache_data.clear()
    return store


def sent(page: AppTest, rows: str, unit: str = "PKM_A", year: int = 2026) -> AppTest:
    """Send a table of a unit that names neither unit nor year."""
    page.file_uploader(key="upload-0").set_value([("tabel.csv", TABLE.format(rows).encode(), "text/csv")]).run()
    page.selectbox(key="upload-unit").set_value(unit)
    return page.number_input(key="upload-year").set_value(year).run()


def recorded(page: AppTest, reason: str = "Salah ketik", name: str = "Sari") -> AppTest:
    page.text_input(key="made-by").set_value(name)
    page.text_input(key="upload-reason").set_value(reason)
    return page.button(key="upload-commit").click().run()


def said(page: AppTest) -> str:
    return "\n".join(each.value for each in page.markdown)


def batches(store: Path) -> int:
    with Record.opened(store, writing=False) as record:
        return len(record.batches(TOWN))


def press(page: AppTest, label: str) -> AppTest:
    return next(button for button in page.button if button.label == label).click().run()


def test_what_was_understood_and_what_would_change_is_shown_and_nothing_is_written(open_page, own_store):
    page = sent(open_page("data", lang="en"), SOUND)

    assert not page.exception
    assert "a row per indicator: the columns name the periods. The header is row 1." in said(page)
    cells, _, difference = (each.value for each in page.dataframe)
    assert cells.loc[2].tolist() == ["◇ Imunisasi dasar lengkap", "◇ %", "◎ 80", "● 84,5 → 84.5"]
    assert "● value" in said(page)
    assert difference[["State", "Known so far", "As sent", "Mind", "Place"]].to_numpy().tolist() == [
        ["↻ changed", "80%", "84.5%", "◉ published", "csv!D2"],
        ["↻ changed", "12 kasus", "9 kasus", "◉ published", "csv!D3"],
    ]
    assert batches(own_store) == 1


def test_a_change_of_published_figures_waits_for_name_and_reason_and_then_shows_what_turned(open_page, own_store):
    page = recorded(sent(open_page("data", lang="en", period="2026-Q3"), SOUND), reason="", name="")

    assert "Write your name first" in page.error[0].value
    assert "Write the reason first" in page.error[0].value
    assert batches(own_store) == 1

    recorded(page)

    assert not page.exception
    assert "Recorded as batch 2 and published." in page.success[0].value
    assert "Puskesmas A, Kematian ibu, Q3 2026: ◆ Yellow 80.0 → ● Green 110.0" in said(page)
    assert "Puskesmas A, index of the unit, Q3 2026: ◆ Fair 95.0 → ● Good" in said(page)
    assert Snapshot.open(own_store).facts(TOWN, unit_codes=["PKM_A"])["value"].tolist().count(84.5) == 1
    assert len(page.get("bidi_component")) == 2
    assert "In Q3 2026 it meets its target" in said(page) or "Too few points" in said(page)


def test_an_unknown_name_is_asked_about_and_the_answer_is_taken(open_page, own_store):
    page = sent(open_page("data", lang="id"), MISSPELT)
    ask = next(each for each in page.selectbox if each.key and each.key.startswith("ask-indicator"))

    assert "Belum ada yang dapat dicatat: masih ada 1 kesalahan." in page.error[0].value
    assert ask.options[0] == "Kematian ibu (KEMATIAN), 96% mirip"
    assert not [button for button in page.button if button.key == "upload-commit"]

    ask.set_value("KEMATIAN")
    press(page, "Pakai jawaban ini")

    assert not page.exception
    assert not page.error
    recorded(page)
    assert "Dicatat sebagai kiriman 2 dan diterbitkan." in page.success[0].value


def test_a_press_without_an_answer_says_so(open_page, own_store):
    page = press(sent(open_page("data", lang="en"), MISSPELT), "Take these answers")

    assert "No question is answered yet." in [each.value for each in page.warning]


def test_a_refused_file_is_offered_back_with_its_faults_marked(open_page, own_store):
    page = sent(open_page("data", lang="en"), "Kematian ibu;kasus;10;Nihil\n")

    assert "✖ Error" in said(page)
    assert "**D2**" in said(page)
    labels = [each.label for each in page.get("download_button")]
    assert "Download tabel.csv with its faults marked" in labels


def test_a_file_that_is_known_already_is_not_recorded_again(open_page, own_store):
    table = b"unit_code,indicator_code,period_start,period_end,value\nPKM_A,IMUNISASI,2026-07-01,2026-09-30,80\n"
    page = open_page("data", lang="en")
    page.file_uploader(key="upload-0").set_value([("tidy.csv", table, "text/csv")]).run()

    assert "a table in this application's own columns, read as it stands: 1 row of figures" in said(page)

    recorded(page)

    assert "Everything is known already" in page.info[0].value
    assert batches(own_store) == 1


def test_after_one_file_the_next_can_be_sent(open_page, own_store):
    page = recorded(sent(open_page("data", lang="en"), SOUND))
    page.button(key="upload-more").click().run()

    assert not page.exception
    assert page.file_uploader(key="upload-1").value == []


def test_what_can_not_be_read_is_said_in_words(open_page, own_store):
    page = open_page("data", lang="en")
    page.file_uploader(key="upload-0").set_value([("x.xlsx", b"%PDF-1.7 nothing", "application/pdf")]).run()

    assert not page.exception
    assert "it can't be read" in said(page)
    assert "a PDF document" in said(page)


def test_a_sheet_that_is_not_read_says_why_in_the_readers_language(open_page, own_store):
    page = open_page("data")
    workbook = several_sheets()
    page.file_uploader(key="upload-0").set_value([(workbook.name, workbook.content, "application/x")]).run()

    assert not page.exception
    assert "**Petunjuk** tidak dibaca: " in said(page)
    assert "Unitnya adalah nama lembar." in said(page)
    columns = next(each.value for each in page.dataframe if "Karena" in each.value)
    assert "Realisasi 2025" in columns[columns["Dipahami sebagai"] == "realisasi"]["Karena"].iloc[0]
