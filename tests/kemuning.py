"""The published demo, made once for all tests that look for its stories."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kpi.demo import make_demo
from kpi.store.publish import publish

KEMUNING = "KEMUNING"
TODAY = date(2026, 11, 16)


@pytest.fixture(scope="session")
def kemuning_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A published store of the demo; read only, shared by all tests."""
    store = tmp_path_factory.mktemp("kemuning") / "store"
    make_demo(store)
    publish(store, today=TODAY)
    return store
