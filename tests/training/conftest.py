"""The grounds on which walks are asked: the demo, and the small town."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any  # Any: answers of views of every kind

import pytest

from kpi.access import LOCAL, AllowedSnapshot, allowed_snapshot
from kpi.scoring.profile import load_profile
from kpi.store.snapshot import Snapshot
from kpi.training.task import Ground
from kpi.views.selection import Selection, offered_periods
from tests.kemuning import kemuning_store
from tests.small_organisation import small_store

__all__ = ["kemuning_store", "small_store"]


class Remembered:
    """Asks each view once for the same arguments, as the screen's cache does."""

    def __init__(self) -> None:
        self.known: dict[object, object] = {}

    def __call__(self, view: Callable[..., Any], snapshot: AllowedSnapshot, /, *args: Any, **kwargs: Any) -> Any:
        key = (view, *(repr(arg) for arg in args))
        if key not in self.known:
            self.known[key] = view(snapshot, *args, **kwargs)
        return self.known[key]


def ground_of(snapshot: AllowedSnapshot) -> Ground:
    """The figures of the only organisation, as the help page asks about them."""
    organisation = snapshot.organisations()[0]
    offered = offered_periods(snapshot, organisation)
    assert offered is not None
    code = snapshot.chosen_profile(organisation.organisation_code, offered.default.year)
    selection = Selection(organisation.organisation_code, offered.default, False, code)
    return Ground(snapshot, organisation, selection, load_profile(code), Remembered())


@pytest.fixture(scope="session")
def demo_ground(kemuning_store: Path) -> Ground:
    """The demo in its newest full quarter."""
    return ground_of(allowed_snapshot(kemuning_store, Snapshot.open(kemuning_store), LOCAL))


@pytest.fixture(scope="session")
def town_ground(small_store: Path) -> Ground:
    """The small town in its newest full quarter."""
    return ground_of(allowed_snapshot(small_store, Snapshot.open(small_store), LOCAL))
