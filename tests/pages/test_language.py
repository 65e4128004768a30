"""No English sentence on the Indonesian screen: every page, and what it says when something can't be."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from kpi.model import Verification
from kpi.periods import Period
from kpi.store.record import Record
from tests.pages.conftest import ROOT, OpenPage
from tests.pages.parts import unfold, words
from tests.pages.test_data_upload import press
from tests.pages.test_events import filled, save
from tests.small_organisation import TOWN

ENGLISH = re.compile(
    r"\b(?:the|is|are|was|were|not|of|and|or|with|without|this|that|which|there|has|have|by|from|to|for|can't|be|its|"
    r"it|no|none|nothing|give|write|save|open|run|try|choose|mend|every|only|when|where|why)\b",
    re.IGNORECASE,
)
"""Small words that Indonesian does not have."""
AS_TYPED = re.compile(r"`[^`]*`|\S*[\\/]\S*")
"""What is typed as it stands: commands, and paths of files."""


def read(page: AppTest) -> list[str]:
    """Every text that a reader sees, data apart."""
    texts = [*page.title, *page.header, *page.subheader, *page.markdown, *page.caption]
    texts += [*page.info, *page.warning, *page.error, *page.success]
    widgets = [*page.button, *page.selectbox, *page.multiselect, *page.radio, *page.checkbox, *page.toggle]
    widgets += [*page.text_input, *page.text_area, *page.number_input]
    said = [*(str(each.value) for each in texts), words(page)]
    for each in widgets:
        said += [each.label or "", getattr(each, "help", "") or "", getattr(each, "placeholder", "") or ""]
    return said + [str(option) for box in (*page.selectbox, *page.radio, *page.multiselect) for option in box.options]


def english(page: AppTest) -> list[str]:
    assert not unfold(page).exception
    return [text for text in read(page) if ENGLISH.search(AS_TYPED.sub("", text))]


@pytest.fixture
def own_store(open_page: OpenPage, small_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store of this test alone, for what it breaks."""
    store = tmp_path / "gudang"
    shutil.copytree(small_store, store, ignore=shutil.ignore_patterns("access"))  # nor the roles of other tests
    monkeypatch.setenv("KPI_STORE", str(store))
    st.cache_data.clear()
    return store


@pytest.mark.parametrize(
    ("name", "choices"),
    [
        ("overview", {}),
        ("overview", {"profile": "tidak-ada", "span": "to_date"}),
        ("trends", {"indicator": "IMUNISASI", "units": "PKM_A,PKM_B"}),
        ("comparison", {"indicator": "IMUNISASI"}),
        ("gaps", {"unit": "PKM_A"}),
        ("indicators", {}),
        ("indicators", {"indicator": "IMUNISASI"}),
        ("people", {}),
        ("data", {}),
        ("data", {"part": "form"}),
        ("data", {"part": "states"}),
        ("data", {"part": "stating"}),
        ("data", {"part": "history"}),
        ("access", {}),
        ("access", {"access": "public"}),
        ("access", {"access": "log"}),
    ],
)
def test_a_page_speaks_indonesian_throughout(open_page: OpenPage, name: str, choices: dict[str, str]):
    assert not english(open_page(name, **choices))


@pytest.mark.parametrize("part", ["unit", "person", "staff"])
def test_the_page_of_people_speaks_indonesian_throughout(open_page: OpenPage, people_store, monkeypatch, part: str):
    monkeypatch.setenv("KPI_STORE", str(people_store))
    st.cache_data.clear()

    assert not english(open_page("people", people=part, unit="DISDIK", employee="A1", superior="H1"))


def test_a_store_without_figures_says_so_in_indonesian(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("KPI_STORE", str(tmp_path / "kosong"))
    st.cache_data.clear()
    page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30).run()

    assert "belum ada terbitan" in page.caption[0].value
    assert not english(page)


def test_a_broken_profile_is_refused_in_indonesian(open_page, tmp_path, monkeypatch):
    sound = (ROOT / "data/profiles/kmk.toml").read_text(encoding="utf-8")
    (tmp_path / "kmk.toml").write_text(sound.replace('code = "kmk"', 'code = "lain"', 1), encoding="utf-8")
    monkeypatch.setenv("KPI_PROFILES", str(tmp_path))
    page = open_page("overview")

    assert "kodenya 'lain'" in page.error[0].value
    assert not english(page)


def test_an_event_for_an_absent_record_is_refused_in_indonesian(open_page, own_store):
    page = filled(open_page("trends", indicator="IMUNISASI", units="PKM_A"))
    (own_store / "record.duckdb").unlink()
    save(page)

    assert "organisasi 'KOTA' tidak terdaftar" in page.error[0].value
    assert not english(page)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.pdf.xlsx", b"%PDF-1.7", "dokumen PDF"),
        ("rusak.xlsx", b"PK\x03\x04 rusak", "rusak"),
        ("biner.csv", b"\x00\x01\x02", "bukan"),
        ("kosong.csv", b" ", "kosong"),
        ("asing.csv", b"Hari;Cuaca\nSenin;Cerah\n", "tidak dibaca"),
        ("rapi.csv", b"unit_code,indicator_code,period_start,period_end,value\nX,Y,2026-01-01,2026-12-31,1\n", "X"),
    ],
)
def test_a_refused_file_is_refused_in_indonesian(open_page, own_store, name: str, content: bytes, reason: str):
    page = open_page("data")
    page.file_uploader(key="upload-0").set_value([(name, content, "application/octet-stream")]).run()

    assert reason in "\n".join(read(page))
    assert not english(page)


def test_undoing_locked_figures_is_refused_in_indonesian(open_page, own_store):
    with Record.opened(own_store, writing=True) as record:
        record.set_state(TOWN, "PKM_A", Period.parse("2026-Q3"), Verification.LOCKED, "kepala")
    page = open_page("data", part="history", batch="1")
    page.toggle(key="undo-1").set_value(True).run()
    page.text_input(key="made-by").set_value("sari")
    page.text_area(key="undo-reason-1").set_value("salah kirim")
    press(page, "Batalkan kiriman")

    assert page.error
    assert not english(page)
