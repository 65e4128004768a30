"""The server's own routes and the guard against pages that run alone."""

from __future__ import annotations

import json
from pathlib import Path

import anyio.from_thread
import pytest
from starlette.requests import Request
from streamlit.runtime.pages_manager import PagesManager

from kpi.store.snapshot import current_version
from tests.small_organisation import small_store
from ui import server

__all__ = ["small_store"]


def health() -> tuple[int, dict[str, str]]:
    # A loop of its own thread: a browser test before this one may have left one running in the worker's own.
    with anyio.from_thread.start_blocking_portal() as loop:
        answer = loop.call(server.healthz, Request({"type": "http"}))
    return answer.status_code, json.loads(bytes(answer.body))


def test_health_names_the_published_version(small_store: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("KPI_STORE", str(small_store))

    assert health() == (200, {"status": "ok", "version": current_version(small_store)})


def test_health_is_bad_where_nothing_is_published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("KPI_STORE", str(tmp_path))

    assert health()[0] == 503


def test_the_app_is_never_taken_for_one_of_loose_pages(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(PagesManager, "uses_pages_directory", None)

    server.make_app()

    assert PagesManager.uses_pages_directory is False
