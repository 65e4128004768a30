"""Every page for every reader: nothing serious for axe, no English on an Indonesian screen, no overflow on a phone."""

from __future__ import annotations

from itertools import product

import pytest
from playwright.sync_api import Browser

from tests.browser.looking import PAGES, PHONE, barriers, english_left, opened, width_on_a_telephone
from tests.survival.conftest import Tell, tell

__all__ = ["tell"]
THEMES = ("light", "dark")


def faults(browser: Browser, address: str, name: str, theme: str, language: str) -> list[str]:
    """What is wrong with a page in one of its looks, at a desk and on a telephone."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, color_scheme=theme)  # type: ignore[arg-type]
    context.set_default_timeout(60_000)
    page = context.new_page()
    try:
        opened(page, address, name, language)
        found = barriers(page)
        if language == "id":
            found += [f"English: {text}" for text in english_left(page)]
        width = width_on_a_telephone(page)
        return [*found, *([f"{width} pixels wide"] if width > PHONE else [])]
    finally:
        context.close()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_open_to_everybody(demo_address, browser, name):
    theme = THEMES[PAGES.index(name) % 2]

    assert faults(browser, demo_address, name, theme, "id") == []


@pytest.mark.soak
def test_all_looks_of_all_pages_are_open_to_everybody(demo_address, browser, tell: Tell):
    looks = list(product(PAGES, THEMES, ("id", "en")))
    found = {look: faults(browser, demo_address, *look) for look in looks}

    assert {look: each for look, each in found.items() if each} == {}
    tell("every page in every look", f"{len(looks)} looks, each at 1440 and 390 pixels: nothing found")
