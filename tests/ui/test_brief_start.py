"""What the server loads until its first answer, and until the first page stands: nothing that these don't need."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.browser.conftest import ROOT
from tests.small_organisation import small_store

__all__ = ["small_store"]

FOR_NO_PAGE_AT_ONCE = (
    "scipy",
    "statsmodels",
    "plotly.graph_objects",
    "narwhals",
    "openpyxl",
    "xlsxwriter",
    "pptx",
    "typst",
    "holidays",
    "python_calamine",
    "authlib",
    "httpx",
    "structlog",
    "rapidfuzz",
    "filelock",
    "pyarrow.dataset",
    "babel.messages.pofile",
    "streamlit.components.v2.manifest_scanner",
    "kpi.intake",
    "kpi.demo",
    "kpi.cluster",
    "kpi.reports.content",
    "kpi.views.comparison",
    "kpi.views.gaps",
    "kpi.views.indicators",
    "kpi.views.pace",
)
IN_A_PROCESS_OF_ITS_OWN = """
import json, sys
from ui import brief_start
brief_start.begin()
from streamlit.testing.v1 import AppTest
from ui import server
server.configure("localhost", [])
server.make_app()
before = sorted(sys.modules)
page = AppTest.from_file("app.py", default_timeout=60).run()
assert not page.exception and page.title, page
print(json.dumps([before, sorted(sys.modules)]))
"""


@pytest.fixture(scope="module")
def loaded(small_store: Path) -> tuple[set[str], set[str]]:
    """The modules that are loaded when the server is made, and when Overview has run."""
    told = {**os.environ, "KPI_STORE": str(small_store), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", IN_A_PROCESS_OF_ITS_OWN]
    said = subprocess.run(command, cwd=ROOT, env=told, capture_output=True, text=True, check=True, timeout=120).stdout
    before, after = json.loads(said.splitlines()[-1])
    return set(before), set(after)


@pytest.mark.parametrize("name", FOR_NO_PAGE_AT_ONCE)
def test_neither_the_server_nor_the_first_page_loads(name: str, loaded: tuple[set[str], set[str]]):
    assert [each for modules in loaded for each in modules if each == name or each.startswith(f"{name}.")] == []


def test_the_first_page_was_there_to_be_looked_at(loaded: tuple[set[str], set[str]]):
    before, after = loaded

    assert "kpi.views.overview" in after - before
