"""Where the time of another choice goes: in the server by room, on the way, and in the browser; milliseconds.

    python bench/where.py STORE [rounds]

Server: a thread looks a thousand times a second at what runs (bench/sampling.py). Way: when the browser sent its
message and had the first and the last of the answer. Browser: the main thread's own account (CDP, Performance).
"""

from __future__ import annotations

import os
import shutil
import statistics
import sys
import tempfile
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.pages import CLOCK, DRAWN, FLAGS, NAMES, OURS, Shown, choose
from bench.sampling import ORDER
from bench.servers import sampled

HEARD: Final = """
const Plain = WebSocket;
window.heard = {sent: [], came: []};
window.WebSocket = class extends Plain {
    constructor(...given) { super(...given); this.addEventListener('message', message =>
        heard.came.push([performance.now(), message.data.byteLength ?? message.data.size])) }
    send(message) { heard.sent.push(performance.now()); super.send(message) } };
"""
QUIET: Final = 700
"""Milliseconds after the charts in which the rest of a page arrives."""
WAY: Final = ("sent", "first", "last", "repainted", "kB")
BROWSER: Final = {"ScriptDuration": "script", "RecalcStyleDuration": "style", "LayoutDuration": "layout"}
Taken = dict[str, float]


def main(store: Path, rounds: int, wanted: Sequence[str] = NAMES) -> None:
    """Print a row per page: medians of one choice."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    found: dict[str, list[Taken]] = {}
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        samples = Path(folder) / "samples"
        with sampled(store, samples) as server:
            browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
            for shown in OURS:
                if shown.name in wanted:
                    found[shown.name] = looked_at(browser, shown, server.address, rounds)
            browser.close()
        lines = [line.split("\t") for line in samples.read_text(encoding="utf-8").splitlines()]
        looks = [(float(moment), float(passed), room) for moment, passed, room in lines]
    for choices in found.values():
        for taken in choices:
            taken |= rooms(looks, taken["from"], taken["until"])
    print(table(found))


def looked_at(browser: Browser, shown: Shown, address: str, rounds: int) -> list[Taken]:
    """Return what each choice took on a page that is opened once; the first pair of choices warms it."""
    context = browser.new_context(viewport={"width": 1400, "height": 1500}, locale="id-ID", bypass_csp=True)
    context.set_default_timeout(180_000)
    page = context.new_page()
    page.add_init_script(HEARD + CLOCK + f"window.until({DRAWN});")
    page.goto(f"{address}/{shown.path}", wait_until="commit")
    page.wait_for_function("window.ended")
    page.wait_for_timeout(QUIET)
    protocol = context.new_cdp_session(page)
    protocol.send("Performance.enable")
    taken = [chosen(page, protocol, shown, shown.options[each % 2]) for each in range(2 * rounds + 2)]
    context.close()
    return taken[2:]


def chosen(page: Page, protocol: CDPSession, shown: Shown, option: str) -> Taken:
    """Return what one choice took in the browser and on the way, and its span by the clock of the machine."""
    page.evaluate("() => { heard.sent.length = heard.came.length = 0 }")
    before = metrics(protocol)
    repainted = choose(page, shown, option)
    page.wait_for_timeout(QUIET)
    after = metrics(protocol)
    began, origin = (float(page.evaluate(each)) for each in ("window.began", "performance.timeOrigin"))
    sent, came = page.evaluate("[heard.sent.filter(time => time > window.began), heard.came]")
    came = [(time, size) for time, size in came if time > began]
    spent = {name: 1000 * (after[metric] - before[metric]) for metric, name in BROWSER.items()}
    return spent | {
        "sent": sent[0] - began,
        "first": came[0][0] - began,
        "last": came[-1][0] - began,
        "repainted": repainted,
        "kB": sum(size for _, size in came) / 1000,
        "nodes": after["Nodes"],
        "from": (origin + began) / 1000,
        "until": (origin + came[-1][0]) / 1000,
    }


def metrics(protocol: CDPSession) -> Taken:
    """Return the browser's account of itself until now."""
    return {each["name"]: each["value"] for each in protocol.send("Performance.getMetrics")["metrics"]}


def rooms(looks: list[tuple[float, float, str]], start: float, end: float) -> Taken:
    """Return the milliseconds that each room worked between two moments."""
    spent: Counter[str] = Counter(dict.fromkeys(ORDER, 0))
    for _, passed, room in looks[bisect_left(looks, (start,)) : bisect_left(looks, (end,))]:
        spent[room] += 1000 * passed
    return dict(spent)


def table(found: dict[str, list[Taken]]) -> str:
    """Return a row per page, a column per part."""
    parts = [*ORDER, *WAY, *BROWSER.values(), "nodes"]
    lines = [f"| page | {' | '.join(parts)} |", f"|---|{'--:|' * len(parts)}"]
    for name, choices in found.items():
        medians = [statistics.median(taken[part] for taken in choices) for part in parts]
        lines.append(f"| {name} | {' | '.join(f'{median:,.0f}' for median in medians)} |")
    return "\n".join(lines)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int((*sys.argv, 4)[2]))
