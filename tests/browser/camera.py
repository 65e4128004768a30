"""Takes the pictures of the user guide: a part of a page, seen in a window of 1280, small enough to keep in git."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, FloatRect, Locator, Page, expect

from kpi.i18n import Translator
from tests.browser.conftest import ROOT

_SCREENS: Final = os.environ.get("KPI_SCREENS")
FOLDER: Final = Path(_SCREENS).parent / "guide" / "img" if _SCREENS else ROOT / "build" / "guide"
"""`make screenshots` says docs/img; the guide's own lie in docs/guide/img."""
WIDTH: Final = 1280
TALLEST: Final = 5000
MOST_BYTES: Final = 200_000
STILL: Final = "[data-testid=stApp][data-test-script-state=notRunning]"
LONGEST: Final = 120_000
"""Milliseconds in which a page's script has run, also where it publishes first on a busy machine."""
DRAWN: Final = """() =>
    [...document.querySelectorAll('[data-testid=stSkeleton]')].every(place => !place.checkVisibility())
    && [...document.querySelectorAll('.js-plotly-plot')].every(chart => chart.querySelector('.main-svg'))
    && [...document.querySelectorAll('[data-testid^=stBidiComponent]')]
        .every(place => !place.checkVisibility() || place.querySelector('.main-svg, .kpi-parts > *'))
    && [...document.querySelectorAll('[data-testid=stDataFrame]')]
        .every(table => !table.checkVisibility() || table.querySelector('th'))
    && [...document.querySelectorAll('details[open] [data-testid=stExpanderDetails]')]
        .every(place => place.querySelector('[data-testid=stElementContainer]'))
"""
"""Charts and tables draw themselves after the script has run, and the first element of a kind waits for the browser to
fetch what draws it (a skeleton stands there until then); what is folded is made when it is opened.
"""
_MARGIN: Final = 8


def wait_until_drawn(page: Page) -> None:
    """Wait until every chart and open table is drawn. Asked again and again from outside: a script that would wait in
    the page is evaluated there, which the page's own policy forbids.
    """
    end = time.monotonic() + LONGEST / 1000
    while not page.evaluate(DRAWN):
        assert time.monotonic() < end, "a chart or a table was not drawn"
        page.wait_for_timeout(100)


@dataclass(frozen=True, slots=True)
class Camera:
    """A window of a language and a store, and where its pictures go."""

    page: Page
    address: str
    t: Translator

    def open(self, path: str, *, wide: bool = False) -> None:
        """Go to a page of the app, as a deep link does, and wait until it stands; wide: without its sidebar."""
        self.page.goto(f"{self.address}/{path}&lang={self.t.language}")
        expect(self.page.get_by_role("heading", level=1)).to_be_visible()
        is_wide = self.page.locator("[data-testid=stSidebar][data-collapsed=true]").count() > 0
        if wide and not is_wide:
            self.page.locator("[data-testid=stSidebar]").hover()
            self.page.locator("[data-testid=stSidebarCollapseButton] button").click()
        elif is_wide and not wide:
            self.page.locator("[data-testid=stExpandSidebarButton]").click()
        self.settle()

    def settle(self) -> None:
        """Wait until the script has run and every chart is drawn; show the whole page without scrolling."""
        page = self.page
        expect(page.locator(STILL)).to_be_visible(timeout=LONGEST)
        expect(page.locator("[data-testid=stException]")).to_have_count(0)
        expect(page.locator("[data-testid=stSkeleton]")).to_have_count(0)
        tall = page.locator("[data-testid=stMain]").evaluate("element => element.scrollHeight")
        page.set_viewport_size({"width": WIDTH, "height": max(900, min(tall, TALLEST))})
        wait_until_drawn(page)
        expect(page.locator(STILL)).to_be_visible(timeout=LONGEST)

    def take(self, name: str, *parts: Locator) -> None:
        """Keep a picture of the rectangle around these parts, as wide as the page's own column."""
        self.settle()
        column = self.page.locator("[data-testid=stMainBlockContainer]").locator("> div").first
        boxes = [_box(part.first) for part in (parts or (column,))]
        across = _box(column)
        top = min(box["y"] for box in boxes) - _MARGIN
        bottom = max(box["y"] + box["height"] for box in boxes) + _MARGIN
        clip: FloatRect = {
            "x": across["x"] - _MARGIN,
            "y": max(0, top),
            "width": across["width"] + 2 * _MARGIN,
            "height": bottom - max(0, top),
        }
        self.page.mouse.move(0, 0)
        self._keep(name, self.page.screenshot(clip=clip))

    def draw(self, name: str, html: str) -> None:
        """Keep a picture of HTML, for what is seen in another program."""
        page = self.page.context.new_page()
        page.set_viewport_size({"width": WIDTH, "height": 400})
        page.set_content(html)
        self._keep(name, page.locator("table").screenshot())
        page.close()

    def _keep(self, name: str, picture: bytes) -> None:
        assert 5_000 < len(picture) < MOST_BYTES, f"{name}: {len(picture)} bytes"
        FOLDER.mkdir(parents=True, exist_ok=True)
        (FOLDER / f"{name}-{self.t.language}.png").write_bytes(picture)


def window(browser: Browser) -> Page:
    """Return a fresh window for pictures; its context is closed by the caller."""
    context = browser.new_context(viewport={"width": WIDTH, "height": 900}, locale="id-ID", color_scheme="light")
    context.set_default_timeout(30_000)
    return context.new_page()


def _box(part: Locator) -> FloatRect:
    expect(part).to_be_visible()
    box = part.bounding_box()
    assert box is not None
    return box
