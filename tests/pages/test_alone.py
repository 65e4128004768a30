"""A page that runs without app.py shows the way to the app, and never a figure."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("page", sorted((ROOT / "pages").glob("[a-z]*.py")), ids=lambda path: path.stem)
def test_a_page_alone_shows_only_the_way_to_the_app(page: Path, small_store: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("KPI_STORE", str(small_store))

    alone = AppTest.from_file(str(page), default_timeout=30).run()

    assert not alone.exception
    assert [shown.value for shown in alone.markdown] == ["[Buka aplikasi / Open the app](/)"]
    assert not alone.title
    assert not alone.metric
    assert not alone.get("bidi_component")
    assert not alone.dataframe
