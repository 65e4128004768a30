"""What tests of pages share: the small town, and a page opened through app.py as a reader would."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from tests.small_organisation import small_store

ROOT = Path(__file__).resolve().parents[2]
OpenPage = Callable[..., AppTest]

__all__ = ["small_store"]


@pytest.fixture
def open_page(small_store: Path, monkeypatch: pytest.MonkeyPatch) -> OpenPage:
    """Open a page by its name with the choices of a URL: `open_page("overview", parent="DINKES", lang="en")`."""
    monkeypatch.setenv("KPI_STORE", str(small_store))
    st.cache_data.clear()
    st.cache_resource.clear()

    def opened(name: str, **choices: str) -> AppTest:
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
        app.query_params.update(choices)
        app.run()
        return app if name == "overview" else app.switch_page(f"pages/{name}.py").run()

    return opened
