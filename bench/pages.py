"""Every page in headless Chromium beside the floor page: cold load, and another choice → repainted.

    python bench/pages.py STORE UNITS [rounds]

The clock runs in the page: from the start of the navigation, or from the key that commits a choice, to the frame after
the one in which the sentence names the new choice and a chart has other marks than before. Rounds are interleaved.
"""

from __future__ import annotations

import os
import random
import shutil
import statistics
import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.servers import dashboard, floor

FLAGS: Final = ["--no-sandbox", "--disable-gpu", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost"]
LINE: Final = {"offline": False, "latency": 50, "downloadThroughput": 1.25e6, "uploadThroughput": 1.25e6}
"""10 Mbit/s and 50 ms."""
CLOCK: Final = """
addEventListener('keydown', event => { if (event.key === 'Enter') window.began = performance.now() }, true);
window.until = (isThere) => { window.ended = 0; const look = () => requestAnimationFrame(() => {
    let there = false;
    try { there = isThere() } catch { /* not yet */ }
    there ? requestAnimationFrame(() => { window.ended = performance.now() }) : look() }); look() };
window.marks = () => [...document.querySelectorAll('.js-plotly-plot')].map(plot => plot.textContent +
    [...plot.querySelectorAll('.point path, .point, path.js-line')].map(mark => mark.getAttribute('d')).join()).join();
"""
DRAWN: Final = "() => document.querySelector('.js-plotly-plot .main-svg') && window.marks().length > 20"
CHANGED: Final = """([name, before]) => window.until(() => window.marks() !== before
    && [...document.querySelectorAll('h2, h3, h5')].some(said => said.textContent.includes(name)))"""


@dataclass(frozen=True, slots=True)
class Shown:
    """A page and a choice on it: its path, the words of the select box, and two options to go to and fro."""

    name: str
    path: str
    box: str
    options: tuple[str, str]


COMMON: Final = "lang=id&period=2025&unit=U0001&units=U0001&indicator=I01"
OURS: Final = (
    Shown("Overview", f"overview?{COMMON}", "Unit beserta unit di bawahnya", ("Dinas 01", "Dinas 02")),
    Shown("Trends", f"trends?{COMMON}", "Indikator", ("Indikator 02", "Indikator 03")),
    Shown("Comparison", f"comparison?{COMMON}&by=indicator", "Indikator", ("Indikator 02", "Indikator 03")),
    Shown("Gaps", f"gaps?{COMMON}", "Unit", ("Unit 0002", "Unit 0003")),
    Shown("Indicators", f"indicators?{COMMON}", "Indikator", ("Indikator 02", "Indikator 03")),
)
NAMES: Final = tuple(shown.name for shown in OURS)
FLOOR: Final = Shown("Floor", "", "Unit", ("Unit 0002", "Unit 0003"))


def main(store: Path, units: int, rounds: int, wanted: Sequence[str] = NAMES) -> None:
    """Print the table."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with dashboard(store) as ours, floor(units) as theirs, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        places = [(shown, ours.address) for shown in OURS if shown.name in wanted] + [(FLOOR, theirs.address)]
        taken: dict[tuple[str, str], list[float]] = defaultdict(list)
        for each in range(rounds + 1):  # the first one warms the servers
            for shown, address in random.Random(each).sample(places, len(places)):
                found = visit(browser, shown, address)
                for kind, value in found.items():
                    if each:
                        taken[shown.name, kind].append(value)
        browser.close()
    print(table(taken))


def table(taken: dict[tuple[str, str], list[float]]) -> str:
    """Return a row per page: medians, and how they stand to the floor's."""
    lines = [
        "| page | cold ms | × floor | cold on 10 Mbit/s, 50 ms | × floor | kB | another choice ms | × floor |",
        "|---|--:|--:|--:|--:|--:|--:|--:|",
    ]
    medians = {place: statistics.median(values) for place, values in taken.items()}
    for name in dict.fromkeys(name for name, _ in medians):
        at = {kind: medians[name, kind] for kind in ("cold", "slow", "size", "change")}
        by = {kind: at[kind] / medians["Floor", kind] for kind in ("cold", "slow", "change")}
        lines.append(
            f"| {name} | {at['cold']:.0f} | {by['cold']:.2f} | {at['slow']:.0f} | {by['slow']:.2f} "
            f"| {at['size']:,.0f} | {at['change']:.0f} | {by['change']:.2f} |"
        )
    return "\n".join(lines)


def visit(browser: Browser, shown: Shown, address: str) -> dict[str, float]:
    """Return what one visit took: cold, cold on a slow line, its kB, and the median of three other choices."""
    cold, size, changes = once(browser, shown, address, is_slow=False)
    slow, _, _ = once(browser, shown, address, is_slow=True)
    return {"cold": cold, "slow": slow, "size": size, "change": changes}


def once(browser: Browser, shown: Shown, address: str, *, is_slow: bool) -> tuple[float, float, float]:
    """Open a page with an empty cache; on a fast line also choose."""
    context = browser.new_context(viewport={"width": 1400, "height": 1500}, locale="id-ID", bypass_csp=True)
    context.set_default_timeout(180_000)
    page = context.new_page()
    protocol = context.new_cdp_session(page)
    protocol.send("Network.enable")
    sizes: list[float] = []
    protocol.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    if is_slow:
        protocol.send("Network.emulateNetworkConditions", LINE)
    page.add_init_script(CLOCK + f"window.until({DRAWN});")
    page.goto(f"{address}/{shown.path}", wait_until="commit")
    cold, size = ended(page), sum(sizes) / 1000
    changed = 0.0
    if not is_slow:
        page.wait_for_timeout(400)
        changed = statistics.median(choose(page, shown, option) for option in (*shown.options, shown.options[0]))
    context.close()
    return cold, size, changed


def choose(page: Page, shown: Shown, option: str) -> float:
    """Return the milliseconds from the key that commits a choice to its charts."""
    field = page.locator("[data-testid=stMain]").get_by_label(shown.box, exact=True).first
    field.click()
    field.fill(option)
    page.get_by_role("option", name=option).first.wait_for()
    page.evaluate(CHANGED, [option, page.evaluate("window.marks()")])
    page.keyboard.press("Enter")
    taken = ended(page) - float(page.evaluate("window.began"))
    page.wait_for_timeout(250)
    return taken


def ended(page: Page) -> float:
    """Wait until the page says that it has drawn, and return its clock."""
    page.wait_for_function("window.ended")
    return float(page.evaluate("window.ended"))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int((*sys.argv, 7)[3]))
