"""A unit states its first indicator as a draft, agrees it, enters its first figure and sees it on Trends."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import served
from tests.browser.grids import walk_to_column
from tests.small_organisation import small_store

__all__ = ["small_store"]


@pytest.fixture
def town(small_store: Path, tmp_path: Path) -> Iterator[str]:
    """The address of a server with a store of this test alone."""
    store = tmp_path / "store"
    shutil.copytree(small_store, store)
    with served(store) as address:
        yield address


def _main(page: Page):
    return page.locator("[data-testid=stMain]")


def _fill(page: Page, label: str, text: str) -> None:
    _main(page).get_by_label(label, exact=True).fill(text)


def _record(page: Page, name: str | None = None) -> None:
    if name is not None:
        _fill(page, "Nama Anda", name)
        page.keyboard.press("Enter")
    _main(page).get_by_role("button", name="Catat dan terbitkan").click()
    expect(_main(page)).to_contain_text("Dicatat sebagai kiriman")


def test_a_first_indicator_goes_from_draft_to_its_own_trend(town: str, page: Page):
    page.goto(f"{town}/data?part=stating&unit=ARSIP&of_year=2026&lang=id")
    expect(_main(page)).to_contain_text("Belum ada indikator unit ini untuk 2026")
    _fill(page, "Nama Anda", "Sari")
    page.keyboard.press("Enter")
    _fill(page, "Kode", "KEPUASAN")
    _fill(page, "Nama", "Kepuasan pengguna arsip")
    _fill(page, "Satuan pengukuran", "%")
    _main(page).get_by_label("Arah", exact=True).click()
    page.get_by_role("option", name=re.compile("tinggi")).click()
    _fill(page, "Target 2026", "85")
    _fill(page, "Bobot 2026", "100")
    _main(page).get_by_role("button", name=re.compile("Simpan sebagai rancangan")).click()
    expect(_main(page)).to_contain_text("Rancangan tersimpan.")
    expect(_main(page)).to_contain_text("Bobot yang disepakati: tidak dinyatakan")
    _record(page)

    page.goto(f"{town}/data?part=form&unit=ARSIP&length=year&for=2026&lang=id")
    grid = _main(page).locator("[data-testid=stDataFrame]").first
    expect(grid).to_be_visible()
    expect(_main(page).get_by_role("button", name="Periksa 0 baris")).to_be_visible()
    grid.click(position={"x": 60, "y": 52})
    walk_to_column(grid, "Realisasi")
    page.keyboard.press("Enter")  # opens the cell
    field = page.locator("textarea.gdg-input")
    field.fill("88,5")
    expect(field).to_have_value("88,5")
    field.press("Enter")
    _main(page).get_by_role("button", name="Periksa 1 baris").click()
    _record(page, "Sari")

    _main(page).get_by_role("link", name="Lihat tren").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tren")
    expect(_main(page)).to_contain_text("Kepuasan pengguna arsip")
    expect(_main(page)).to_contain_text("88,5%")
    expect(page.locator("[data-testid=stException]")).to_have_count(0)
