"""A snapshot of another version of the program is refused in words."""

import duckdb
import pytest

from kpi.errors import StoreError
from kpi.store.reading import Opening
from kpi.store.snapshot import Snapshot


def test_a_table_that_is_not_there_says_to_publish_anew():
    snapshot = object.__new__(Snapshot)
    snapshot._opening = Opening(duckdb.connect(":memory:"))

    with pytest.raises(StoreError, match="publish --full"):
        snapshot.events("KEMUNING")
