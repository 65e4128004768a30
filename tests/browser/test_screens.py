"""Every page as people see it: pictures into build/screens, or into $KPI_SCREENS (`make screenshots`: docs/img).

A page is looked at once, every other one on a telephone in the dark; with $KPI_LOOKS=two in both of these looks (what
docs/img keeps), with $KPI_LOOKS=all in every look that there is (`make screens`).
"""

from __future__ import annotations

import os
from itertools import product
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from kpi.i18n import Translator
from tests.browser.camera import STILL, wait_until_drawn
from tests.browser.conftest import ROOT
from tests.browser.looking import PAGES

FOLDER = Path(os.environ.get("KPI_SCREENS") or ROOT / "build" / "screens")
CHOICES = "org=KEMUNING&period=2026-Q3&unit=DINKES&units=DINKES&indicator=AKB"
TWO = (("desktop", "light", "id"), ("phone", "dark", "en"))
SIZES = {"desktop": (1440, 900), "phone": (390, 844)}
TALLEST = 3000
MADE = {
    "two": list(product(PAGES, TWO)),
    "all": list(product(PAGES, product(SIZES, ("light", "dark"), ("id", "en")))),
}.get(os.environ.get("KPI_LOOKS", ""), [(name, TWO[place % 2]) for place, name in enumerate(PAGES)])


@pytest.mark.parametrize(("name", "look"), MADE, ids=lambda each: each if isinstance(each, str) else "-".join(each))
def test_a_page_shows_its_title_and_that_its_figures_are_synthetic(demo_address, browser: Browser, name, look):
    device, theme, language = look
    width, height = SIZES[device]
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=theme)  # type: ignore[arg-type]
    page = context.new_page()
    page.set_default_timeout(30_000)
    page.goto(f"{demo_address}/{name}?{CHOICES}&lang={language}")
    main = page.locator("[data-testid=stMain]")
    expect(page.get_by_role("heading", level=1)).to_have_text(Translator(language)(name.capitalize()))
    expect(main).to_contain_text("Data contoh" if language == "id" else "synthetic", ignore_case=True)
    expect(page.locator(STILL)).to_be_visible()
    expect(page.locator("[data-testid=stException]")).to_have_count(0)
    tall = min(main.evaluate("element => element.scrollHeight"), TALLEST)
    page.set_viewport_size({"width": width, "height": max(height, tall)})
    wait_until_drawn(page)
    FOLDER.mkdir(parents=True, exist_ok=True)
    picture = FOLDER / f"{name}-{device}-{theme}-{language}.png"
    page.screenshot(path=picture)
    context.close()
    assert picture.stat().st_size > 10_000
