"""Texts that would do harm where they are rendered: in a browser they stand there as written, and nothing runs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import served
from tests.hostile import HOSTILE, make_hostile

VIEWS = (
    "start?",
    "trends?indicator=AKB&units=DINKES&",
    "comparison?show=sides&",
    "indicators?indicator=AKB&",
    "people?",
)
CHOICES = "org=KEMUNING&unit=DINKES&period=2026-Q3&lang=id"


@pytest.fixture(scope="module")
def hostile_address(demo_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(make_hostile(demo_store, tmp_path_factory.mktemp("hostile") / "store")) as address:
        yield address


def test_nothing_runs_and_no_link_leads_to_a_script(hostile_address: str, page: Page):
    happened: list[str] = []
    page.on("dialog", lambda dialog: (happened.append(dialog.message), dialog.dismiss()))
    page.on("console", lambda said: happened.append(said.text) if "Content Security Policy" in said.text else None)
    for view in VIEWS:
        page.goto(f"{hostile_address}/{view}{CHOICES}")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        expect(page.locator("[data-testid=stApp][data-test-script-state=notRunning]")).to_be_visible(timeout=60_000)
        expect(page.locator("[data-testid=stMain]")).to_contain_text(HOSTILE)
        expect(page.locator("[data-testid=stException]")).to_have_count(0)
        assert page.locator("img[src='x']").count() == 0, view
        assert page.evaluate("[...document.links].filter(link => link.href.startsWith('javascript:')).length") == 0, (
            view
        )
    assert not happened
