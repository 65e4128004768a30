"""What tests of pages share: the small town, and a page opened through app.py as a reader would."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import streamlit as st
from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import AppTest

from tests.kemuning import kemuning_store
from tests.people_town import own_people_store, people_store
from tests.small_organisation import small_store

ROOT = Path(__file__).resolve().parents[2]
OpenPage = Callable[..., AppTest]

__all__ = ["kemuning_store", "own_people_store", "people_store", "small_store"]


@pytest.fixture
def open_page(small_store: Path, monkeypatch: pytest.MonkeyPatch) -> OpenPage:
    """Open a page by its name with the choices of a URL: `open_page("overview", parent="DINKES", lang="en")`."""
    monkeypatch.setenv("KPI_STORE", str(small_store))
    st.cache_data.clear()
    st.cache_resource.clear()
    _start_as_the_server_does(monkeypatch)

    def opened(name: str, **choices: str) -> AppTest:
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
        app.query_params.update(choices)
        app.run()
        return app if name == "overview" else app.switch_page(f"pages/{name}.py").run()

    return opened


def _start_as_the_server_does(monkeypatch: pytest.MonkeyPatch) -> None:
    """Say, as ui/server.py does, that the folder pages/ makes no old-style app; AppTest forgets it before every run."""
    start = PagesManager.__init__

    def started(self: PagesManager, *args, **options) -> None:
        PagesManager.uses_pages_directory = False
        start(self, *args, **options)

    monkeypatch.setattr(PagesManager, "__init__", started)
