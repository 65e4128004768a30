"""Names, definitions, notes, events, reasons and file names are shown as they were written, on every page."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from google.protobuf.message import Message
from streamlit.testing.v1 import AppTest

from tests.hostile import HOSTILE, make_hostile
from tests.kemuning import kemuning_store
from tests.pages.conftest import _start_as_the_server_does
from tests.pages.parts import unfold

__all__ = ["kemuning_store"]

ROOT = Path(__file__).resolve().parents[2]
PLAIN = {
    ("selectbox", "options"),
    ("multiselect", "options"),
    ("text_input", "default"),
    ("text_input", "value"),
    ("text_area", "default"),
    ("text_area", "value"),
    ("dataframe", "alt"),
    ("selectbox", "raw_value"),
    ("multiselect", "raw_values"),
}
"""Fields that a browser shows as they are: options of menus, and what stands in fields."""
VIEWS = [
    ("overview", {}),
    ("overview", {"parent": "DINKES"}),
    ("trends", {"unit": "DINKES", "indicator": "AKB"}),
    ("comparison", {"show": "order", "indicator": "AKB"}),
    ("comparison", {"show": "matrix"}),
    ("comparison", {"show": "sides"}),
    ("gaps", {"unit": "DINKES"}),
    ("gaps", {"unit": "DISDIK"}),
    ("indicators", {"indicator": "AKB", "unit": "DINKES"}),
    ("people", {"people": "unit"}),
    ("people", {"people": "person"}),
    ("people", {"people": "staff"}),
    ("data", {"part": "upload"}),
    ("data", {"part": "form", "unit": "DISDIK"}),
    ("data", {"part": "states"}),
    ("data", {"part": "stating", "unit": "DISDIK"}),
    ("data", {"part": "history"}),
    ("reports", {}),
]
_LIVE = re.compile(r"(?<!\\)<img|(?<!\\)\]\(javascript")
"""A text with its signs not escaped."""


@pytest.fixture(scope="module")
def hostile_store(kemuning_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_hostile(kemuning_store, tmp_path_factory.mktemp("hostile") / "store")


def texts(message: Message, kind: str) -> Iterator[tuple[tuple[str, str], str]]:
    """Return every text of an element, with its kind and field."""
    for field, value in message.ListFields():
        values = value if field.is_repeated else [value]
        for each in values:
            if isinstance(each, Message):
                yield from texts(each, kind)
            elif (kind, field.name) == ("dataframe", "columns"):  # names are drawn as they are, the help is Markdown
                yield from (((kind, "help"), look["help"]) for look in json.loads(each).values() if look.get("help"))
            elif isinstance(each, str) and kind != "bidi_component":  # charts draw no HTML: the browser's test looks
                yield (kind, field.name), each


def elements(app: AppTest) -> Iterator[tuple[str, Message]]:
    for element in app._tree:
        if (proto := getattr(element, "proto", None)) is not None:
            yield element.type, proto


@pytest.mark.parametrize(("page", "choices"), VIEWS, ids=[f"{page}-{'-'.join(of.values())}" for page, of in VIEWS])
def test_every_text_is_shown_as_it_was_written(
    page: str, choices: dict[str, str], hostile_store: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("KPI_STORE", str(hostile_store))
    st.cache_data.clear()
    st.cache_resource.clear()
    _start_as_the_server_does(monkeypatch)
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.query_params.update({"lang": "id", "org": "KEMUNING", "period": "2026-Q3", **choices})
    app.run()
    app = unfold(app if page == "overview" else app.switch_page(f"pages/{page}.py").run())

    assert not app.exception
    found = [(place, text) for kind, proto in elements(app) for place, text in texts(proto, kind)]
    assert any("img" in text for _, text in found), "the texts are on the page"
    live = [(place, text, at) for place, text in found if place not in PLAIN and (at := _LIVE.search(text))]
    assert not [(place, text[max(0, at.start() - 60) : at.end()]) for place, text, at in live]


def test_the_search_tells_an_escaped_text_from_a_live_one():
    from kpi.views.markdown import plain

    assert _LIVE.search(HOSTILE)
    assert not _LIVE.search(plain(HOSTILE))
