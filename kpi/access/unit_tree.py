"""Which unit stands under which, for whoever's role is bound to a unit."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from kpi.access.rights import Access
from kpi.store.snapshot import Snapshot


def parents_for(store: Path, access: Access, organisation_code: str) -> dict[str, str | None]:
    """Return every unit's parent (None for the root) where a role of `access` is bound to a unit; else empty.

    Raises StoreError where they are needed and no figures are published.
    """
    return parents_in(store, organisation_code) if is_bound(access) else {}


def is_bound(access: Access) -> bool:
    """Return whether a role of `access` is bound to a unit, so that it matters which unit stands under which."""
    return any(grant.unit_code for grant in access.grants)


def parents_in(store: Path, organisation_code: str) -> dict[str, str | None]:
    """Return every unit's parent as published, None for the root. Raises StoreError where nothing is."""
    return parents_of(Snapshot.open(store).units(organisation_code))


def parents_of(units: pd.DataFrame) -> dict[str, str | None]:
    """Return every unit's parent, None for the root; `units` as `snapshot.units()` gives them."""
    return {
        code: None if pd.isna(parent) else parent
        for code, parent in zip(units["unit_code"].tolist(), units["parent_code"].tolist(), strict=True)
    }
