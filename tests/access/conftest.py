"""A small town for the tests of access: two agencies, one with a unit below it; some figures verified, some not."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpi.model import Indicator, Unit
from tests.people_town import own_people_store, people_store
from tests.small_organisation import small_store
from tests.store.building import CODE, definitions, figure, published

__all__ = ["own_people_store", "people_store", "small_store"]

UNITS = [
    Unit(CODE, CODE, "Kemuning"),
    Unit(CODE, "DINKES", "Dinas Kesehatan", CODE),
    Unit(CODE, "PUSK", "Puskesmas", "DINKES"),
    Unit(CODE, "DIKNAS", "Dinas Pendidikan", CODE),
]
INDICATORS = [Indicator(CODE, "I", "Kunjungan")]


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A published store of the town."""
    units = ("DINKES", "PUSK", "DIKNAS")
    published(tmp_path, definitions(UNITS, INDICATORS), [figure(unit, "I", "2025", 10.0) for unit in units])
    return tmp_path
