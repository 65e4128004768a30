"""Looks at a page as readers do who can't see it well, read no English, or hold a telephone: what is wrong with it."""

from __future__ import annotations

import re
from typing import Final

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.camera import STILL, wait_until_drawn
from tests.browser.conftest import ROOT

PAGES: Final = tuple(sorted(path.stem for path in (ROOT / "pages").glob("*.py")))
CHOICES: Final = "org=KEMUNING&period=2026-Q3&unit=DPUPR&units=DPUPR&indicator=JALAN_MANTAP"
PHONE: Final = 390
_WORDS: Final = (
    "the an of and or is are was were with without for from by on at not no open close show hide search "
    "select choose clear download upload file files drag drop browse view more less fullscreen column row "
    "rows all any press enter submit running stop rerun settings increase decrease value toggle page "
    "pages next previous edit delete add option options results sidebar keyboard loading remove this that "
    "these those has have which what when where why how your figures targets units period periods missed "
    "year years month quarter "
)
ENGLISH: Final = frozenset(_WORDS.split())
"""English words that no Indonesian screen holds; names from data are Indonesian, and icons are named apart."""
_SPOKEN: Final = """() => {
    const said = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const home = walker.currentNode.parentElement;
        const isHidden = !home || ['SCRIPT', 'STYLE', 'NOSCRIPT'].includes(home.tagName);
        if (!isHidden && !home.closest('[data-testid=stIconMaterial], [translate=no], code, [lang=en]'))
            said.push(walker.currentNode.textContent.trim());
    }
    for (const element of document.querySelectorAll('*'))
        for (const name of ['aria-label', 'title', 'placeholder', 'alt'])
            if (element.getAttribute(name)) said.push(element.getAttribute(name));
    return [...new Set(said)].filter(Boolean);
}"""
_BESIDE: Final = {"English", "Bahasa / Language"}
"""What stands in English on purpose: the way to the other language."""


def opened(page: Page, address: str, name: str, language: str) -> None:
    """Open a page with its folded parts, and wait until it stands."""
    page.goto(f"{address}/{name}?{CHOICES}&lang={language}")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator(STILL)).to_be_visible()
    page.evaluate(
        "document.querySelectorAll('[data-testid=stMain] details:not([open]) > summary').forEach(e => e.click())"
    )
    expect(page.locator(STILL)).to_be_visible()
    expect(page.locator("[data-testid=stException]")).to_have_count(0)
    wait_until_drawn(page)


def barriers(page: Page) -> list[str]:
    """What axe finds that is serious or critical, a line each."""
    found = Axe().run(page).response["violations"]
    return [
        f"{each['impact']}: {each['help']} – {node['html'][:160]}"
        for each in found
        if each["impact"] in ("serious", "critical")
        for node in each["nodes"]
    ]


def english_left(page: Page) -> list[str]:
    """The texts and labels of an Indonesian screen that hold an English word."""
    said = [text for text in page.evaluate(_SPOKEN) if text not in _BESIDE]
    return [text for text in said if ENGLISH & set(re.findall(r"[a-z]+", text.lower()))]


def width_on_a_telephone(page: Page) -> int:
    """How wide the page is on a telephone: what overflows would be cut off or push it sideways."""
    page.set_viewport_size({"width": PHONE, "height": 844})
    expect(page.locator(STILL)).to_be_visible()
    wait_until_drawn(page)
    main = "document.querySelector('[data-testid=stMain]').scrollWidth"
    wide = f"Math.max(document.documentElement.scrollWidth, {main})"
    for _ in range(50):  # a chart takes its new width a moment after the window has
        if page.evaluate(wide) <= PHONE:
            break
        page.wait_for_timeout(100)
    return page.evaluate(wide)
