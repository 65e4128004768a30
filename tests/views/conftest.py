"""What tests of views share: the small town's snapshot."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpi.store.snapshot import Snapshot
from tests.small_organisation import small_store

__all__ = ["small_store"]


@pytest.fixture
def town(small_store: Path) -> Snapshot:
    """The snapshot of the small town."""
    return Snapshot.open(small_store)
