"""What tests of reports share: the snapshots, and a report of each kind, built once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest

from kpi.access import LOCAL, Access, AllowedSnapshot, allowed_snapshot
from kpi.i18n import Language
from kpi.periods import Period
from kpi.reports.building import build
from kpi.reports.content import Report
from kpi.reports.gathered import Request
from kpi.scoring.profile import load_profile
from kpi.store.snapshot import Snapshot
from kpi.views.selection import Selection
from tests.kemuning import KEMUNING, kemuning_store

__all__ = ["kemuning_store"]

MADE_AT = datetime(2026, 11, 20, 2, 30, tzinfo=UTC)
Make = Callable[..., Report]


def requested(
    unit: str = KEMUNING,
    period: str = "2026-Q3",
    *,
    to_date: bool = False,
    language: Language = "id",
    organisation: str = KEMUNING,
) -> Request:
    """Return what the tests ask a report of."""
    selection = Selection(organisation, Period.parse(period), to_date, "kmk")
    return Request(selection, unit, language, "Penguji", MADE_AT, "https://iku.example.go.id")


@pytest.fixture(scope="session")
def kemuning(kemuning_store: Path) -> AllowedSnapshot:
    """The snapshot of the demo in the eyes of the local user."""
    return seen_by(kemuning_store, LOCAL)


def seen_by(store: Path, access: Access) -> AllowedSnapshot:
    """Return the published snapshot in the eyes of one access."""
    return allowed_snapshot(store, Snapshot.open(store), access)


@pytest.fixture(scope="session")
def made(kemuning: AllowedSnapshot) -> Make:
    """Make a report of the demo, each once: `made("DINKES", "2026-Q3", language="en")`."""

    @cache
    def make(*args: str, **options: object) -> Report:
        return build(kemuning, requested(*args, **options), load_profile("kmk"))

    return make
