"""What tests of views share: the snapshots of the small town and of the demo."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpi.store.snapshot import Snapshot
from tests.kemuning import kemuning_store
from tests.people_town import own_people_store, people_store
from tests.small_organisation import small_store

__all__ = ["kemuning_store", "own_people_store", "people_store", "small_store"]


@pytest.fixture
def town(small_store: Path) -> Snapshot:
    """The snapshot of the small town."""
    return Snapshot.open(small_store)


@pytest.fixture
def kemuning(kemuning_store: Path) -> Snapshot:
    """The snapshot of the demo."""
    return Snapshot.open(kemuning_store)
