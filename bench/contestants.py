"""Our pages as contestants of the side-by-side harness (shared/peers): its adapters/new_app.py is this file.

    cp bench/contestants.py <harness>/adapters/new_app.py
    KPI_BENCH=<folder of stores> KPI_HOME=<repository> python bench.py --only ours_trends,dash_duckdb,streamlit_floor

The harness opens its contexts with `bypass_csp=True` for them: its clock is a script in the page, which ours forbids.
A page has one answer, so one proof: charts with other marks than before, and the name that was chosen in a heading.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Final  # Any: the harness's own types are not known here

from .base import Contestant  # pyright: ignore[reportMissingImports]
from .peers import PORT  # pyright: ignore[reportMissingImports]

STORES: Final = Path(os.environ.get("KPI_BENCH", ""))
HOME: Final = Path(os.environ.get("KPI_HOME", ""))
FIRST: Final = {"unit": "Unit 0001", "indicator": "Indicator 01"}
MARKS: Final = (
    "[...document.querySelectorAll('.js-plotly-plot')].map(plot => plot.textContent +"
    " [...plot.querySelectorAll('.point path, .point, path.js-line')]"
    ".map(mark => mark.getAttribute('d')).join()).join()"
)
SAID: Final = "[...document.querySelectorAll('h2, h3, h5')].some(each => each.textContent.includes(window.__wanted))"
PAGES: Final = {
    "ours_trends": ("trends", 9200, {"unit": "Unit", "indicator": "Indikator"}),
    "ours_comparison": ("comparison", 9210, {"unit": "Indikator", "indicator": "Indikator"}),
    "ours_gaps": ("gaps", 9220, {"unit": "Unit", "indicator": "Unit"}),
}
"""By name: the page, its first port, and which of its boxes stands for each filter of the harness."""


class Ours(Contestant):
    """One page of ours; each has a server of its own."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.path, self.port, self.boxes = PAGES[name]

    def base(self, size: str) -> str:
        """Return where it is served."""
        return f"http://127.0.0.1:{self.port + PORT[size]}"

    def health(self, size: str) -> str:
        """Return what answers when it is ready."""
        return self.base(size) + "/healthz"

    def command(self, size: str) -> tuple[list[str], dict[str, str]]:
        """Return the command that serves the district of this size (bench/sizes.py), and its environment."""
        serve = ["-m", "kpi", "serve", "--store", str(STORES / f"store-{size}"), "--port", str(self.port + PORT[size])]
        return ["env", f"--chdir={HOME}", str(HOME / ".venv" / "bin" / "python"), *serve], {}

    def url(self, size: str) -> str:
        """Return the page with the harness's first choices."""
        return f"{self.base(size)}/{self.path}?lang=id&period=2025&unit=U0001&units=U0001&indicator=I01&by=indicator"

    def choose(self, page: Any, filt: str, value: str) -> None:
        """Choose in the box that stands for the filter; a page without one is asked for another name."""
        box, number = self.boxes[filt], int(value.split()[-1])
        is_stand_in = box != ("Unit" if filt == "unit" else "Indikator")
        if is_stand_in:
            number = number % 40 + 2
        name = f"Unit {number:04d}" if box == "Unit" else f"Indikator {number:02d}"
        field = page.locator("[data-testid=stMain]").get_by_label(box, exact=True).first
        field.click()
        field.fill(name)
        page.get_by_role("option", name=name).first.wait_for()
        page.evaluate(f"([name]) => {{ window.__before = {MARKS}; window.__wanted = name }}", [name])
        page.keyboard.press("Enter")

    def proof(self, view: str, sel: dict[str, str]) -> str:
        """Return what is true in the page once it shows the choice: a watch begins before the choice is made."""
        if view != "a":
            return "true"
        if sel == FIRST:
            return f"document.querySelector('.js-plotly-plot .main-svg') && {MARKS}.length > 20"
        is_new = f"window.__wanted && window.__wanted !== window.__done && {MARKS} !== window.__before && {SAID}"
        return f"({is_new} && (window.__done = window.__wanted, true))"

    def numbers(self, _page: Any) -> dict[str, float]:
        """Return nothing to compare: our districts are made by other formulas, and our own tests check the figures."""
        return {}


NEW = [Ours(name) for name in PAGES]
