"""Every page as people see it: pictures into build/screens, or into $KPI_SCREENS (`make screenshots`: docs/img)."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

FOLDER = Path(os.environ.get("KPI_SCREENS") or Path(__file__).resolve().parents[2] / "build" / "screens")
TITLES = {
    "overview": ("Ikhtisar", "Overview"),
    "trends": ("Tren", "Trends"),
    "comparison": ("Perbandingan", "Comparison"),
    "gaps": ("Kesenjangan", "Gaps"),
    "indicators": ("Indikator", "Indicators"),
}
CHOICES = "org=KEMUNING&period=2026-Q3&unit=DINKES&units=DINKES&indicator=AKB"
LOOKS = [("desktop", "light", "id"), ("phone", "dark", "en")]
SIZES = {"desktop": (1440, 900), "phone": (390, 844)}
TALLEST = 3000


@pytest.mark.parametrize("look", LOOKS, ids="-".join)
@pytest.mark.parametrize("name", TITLES)
def test_a_page_shows_its_title_its_figures_and_that_they_are_synthetic(demo_address, browser: Browser, name, look):
    device, theme, language = look
    width, height = SIZES[device]
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=theme)  # type: ignore[arg-type]
    page = context.new_page()
    page.set_default_timeout(30_000)
    page.goto(f"{demo_address}/{name}?{CHOICES}&lang={language}")
    main = page.locator("[data-testid=stMain]")
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLES[name][language == "en"])
    expect(main).to_contain_text("Data contoh" if language == "id" else "synthetic", ignore_case=True)
    expect(page.locator("[data-testid=stStatusWidget]")).to_have_count(0)
    expect(page.locator(".js-plotly-plot .main-svg").first).to_be_visible()
    expect(page.locator("[data-testid=stException]")).to_have_count(0)
    tall = min(main.evaluate("element => element.scrollHeight"), TALLEST)
    page.set_viewport_size({"width": width, "height": max(height, tall)})
    page.wait_for_function("() => document.querySelectorAll('.js-plotly-plot .main-svg').length > 0")
    FOLDER.mkdir(parents=True, exist_ok=True)
    picture = FOLDER / f"{name}-{device}-{theme}-{language}.png"
    page.screenshot(path=picture)
    context.close()
    assert picture.stat().st_size > 10_000
