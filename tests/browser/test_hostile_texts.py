"""Texts that would do harm where they are rendered: in a browser they stand there as written, and nothing runs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from kpi.access import LOCAL, Grant, Role, set_grants
from tests.browser.conftest import served
from tests.hostile import HOSTILE, make_hostile

VIEWS = (
    "start?",
    "trends?indicator=AKB&units=DINKES&",
    "comparison?show=sides&",
    "indicators?indicator=AKB&",
    "people?",
    "help?help=walk&walk=officer&task=2&",
    "help?help=walk&walk=leader&",
    "help?help=smart&draft=AKB&",
    "access?access=roles&",
    "access?access=log&",
    "data?part=history&",
)
FILE = "realisasi <img src=x onerror=alert(1)>[x](javascript:alert(1)).csv"
TABLE = f"Unit;Indikator;Satuan;Target 2026;Realisasi TW III\n{HOSTILE};{HOSTILE};{HOSTILE};80;84,5\n"
CHOICES = "org=KEMUNING&unit=DINKES&period=2026-Q3&lang=id"


@pytest.fixture(scope="module")
def hostile_address(demo_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    store = make_hostile(demo_store, tmp_path_factory.mktemp("hostile") / "store")
    set_grants(store, LOCAL, "ani@kemuning.test", [Grant(Role.PLANNER, "KEMUNING")], HOSTILE)
    with served(store) as address:
        yield address


@pytest.fixture
def happened(page: Page) -> list[str]:
    """What ran, or would have run but for the page's own policy."""
    found: list[str] = []
    page.on("dialog", lambda dialog: (found.append(dialog.message), dialog.dismiss()))
    page.on("console", lambda said: found.append(said.text) if "Content Security Policy" in said.text else None)
    return found


def test_nothing_runs_and_no_link_leads_to_a_script(hostile_address: str, page: Page, happened: list[str]):
    for view in VIEWS:
        page.goto(f"{hostile_address}/{view}{CHOICES}")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        expect(page.locator("[data-testid=stApp][data-test-script-state=notRunning]")).to_be_visible(timeout=60_000)
        expect(page.locator("[data-testid=stMain]")).to_contain_text(HOSTILE)
        is_harmless(page, view)
    assert not happened


def test_a_file_whose_name_and_texts_would_do_harm_is_shown_as_it_is_called(
    hostile_address: str, page: Page, happened: list[str]
):
    page.goto(f"{hostile_address}/data?part=upload&{CHOICES}")
    main = page.locator("[data-testid=stMain]")
    file = {"name": FILE, "mimeType": "text/csv", "buffer": TABLE.encode()}
    main.locator("input[type=file]").set_input_files([file])  # type: ignore[list-item] - a file made in memory
    expect(main.get_by_role("button", name=f"Unduh {FILE} dengan kesalahannya ditandai")).to_be_visible()
    expect(main.get_by_role("heading", name="3 · Yang dipahami")).to_be_visible()
    is_harmless(page, "upload")
    assert not happened


def is_harmless(page: Page, view: str) -> None:
    """No picture and no link was made of a text."""
    expect(page.locator("[data-testid=stApp][data-test-script-state=notRunning]")).to_be_visible(timeout=60_000)
    expect(page.locator("[data-testid=stException]")).to_have_count(0)
    assert page.locator("img[src='x']").count() == 0, view
    links = "[...document.links].filter(link => link.href.startsWith('javascript:')).length"
    assert page.evaluate(links) == 0, view
