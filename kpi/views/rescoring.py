"""Units' indices under a profile that the snapshot was not published with; the same sums as at publish.

Which units have an index in a period, and whether it comes from their own figures or from their children (`basis`),
doesn't depend on the profile: it is read from the published indices.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

import pandas as pd

from kpi.access import AllowedSnapshot
from kpi.scoring.profile import RuleProfile
from kpi.scoring.table import score_table
from kpi.scoring.weighting import combine_children, losses, unit_indices
from kpi.views.selection import Selection
from kpi.views.tree import UnitTree, tree_of

KEYS: Final = ["unit_code", "period_start", "period_end"]
OWN: Final = "own"


def rescored_indices(
    snapshot: AllowedSnapshot,
    selection: Selection,
    unit_codes: Sequence[str],
    first: date,
    last: date,
    profile: RuleProfile,
) -> pd.DataFrame:
    """Return what `snapshot.unit_index()` would, had it been published with `profile`."""
    tree = tree_of(snapshot.units(selection.organisation_code))
    below = {code for above in unit_codes for code in tree.subtree(above)}
    found = _indices(snapshot, selection, tree, below, first, last, profile)
    return found[found["unit_code"].isin(list(unit_codes))].reset_index(drop=True)


def rescored_losses(
    snapshot: AllowedSnapshot, selection: Selection, unit_code: str, profile: RuleProfile
) -> pd.DataFrame:
    """Return what `snapshot.losses()` would for the selection's period, all of them, the costliest first."""
    tree = tree_of(snapshot.units(selection.organisation_code))
    end = selection.period.end
    found = _indices(snapshot, selection, tree, set(tree.subtree(unit_code)), end, end, profile)
    basis = {str(code): str(each) for code, each in zip(found["unit_code"], found["basis"], strict=True)}
    has_index = set(found.loc[found["index"].notna(), "unit_code"])
    shares = _shares(basis, has_index, tree, unit_code)
    rows = _rows(snapshot, selection, end, end)
    own = losses(score_table(rows[rows["unit_code"].isin(list(shares))], profile), profile, KEYS)
    own = own.assign(loss=own["loss"] * own["unit_code"].map(shares).astype(float), source_unit_code=own["unit_code"])
    order = ["loss", "source_unit_code", "indicator_code"]
    own = own[own["loss"].notna()].sort_values(order, ascending=[False, True, True])
    return own[["source_unit_code", "indicator_code", "loss"]].reset_index(drop=True)


def _indices(
    snapshot: AllowedSnapshot,
    selection: Selection,
    tree: UnitTree,
    unit_codes: set[str],
    first: date,
    last: date,
    profile: RuleProfile,
) -> pd.DataFrame:
    """Return the indices of units that hold all their descendants, children before their parents."""
    published = snapshot.unit_index(
        selection.organisation_code,
        unit_codes=sorted(unit_codes),
        grain=selection.period.grain,
        first=first,
        last=last,
        to_date=selection.to_date,
    )
    rows = _rows(snapshot, selection, first, last)
    own = unit_indices(score_table(rows[rows["unit_code"].isin(unit_codes)], profile), profile, KEYS)
    known = published[[*KEYS, "unit_name", "indicators_scored", "indicators_agreed", "basis", "is_withheld"]]
    measured = ["index", "coverage", "rating", "is_rated", "weight_scored", "weight_agreed"]
    found = known[known["basis"] == OWN].merge(own[[*KEYS, *measured]], on=KEYS)
    for codes in tree.levels_upwards(unit_codes):
        wanted = known[(known["basis"] != OWN) & known["unit_code"].isin(codes)]
        if not wanted.empty:
            combined = combine_children(_children(wanted, found, tree), profile, KEYS)
            found = pd.concat([found, wanted.merge(combined[[*KEYS, *measured]], on=KEYS)], ignore_index=True)
    for name in ("index", "coverage", "rating"):
        found[name] = found[name].mask(found["is_withheld"])
    return found.assign(is_rated=found["is_rated"] & ~found["is_withheld"])


def _children(wanted: pd.DataFrame, found: pd.DataFrame, tree: UnitTree) -> pd.DataFrame:
    """Return a row per child of each wanted unit and period in which it existed, also a child without an index."""
    grid = pd.DataFrame(
        [
            (unit_code, start, end, node.unit_code, node.weight_in_parent)
            for unit_code, start, end in wanted[KEYS].itertuples(index=False)
            for node in tree.below.get(unit_code, ())
            if node.existed_between(start.date(), end.date())
        ],
        columns=[*KEYS, "child_code", "weight_in_parent"],
    )
    measured = found[[*KEYS, "index", "coverage"]].rename(columns={"unit_code": "child_code"})
    return grid.merge(measured, on=["child_code", *KEYS[1:]], how="left")


def _shares(basis: dict[str, str], has_index: set[str], tree: UnitTree, unit_code: str) -> dict[str, float]:
    """Return how much each unit that is scored on its own figures counts in the index of `unit_code`."""
    if basis.get(unit_code) == OWN or unit_code not in basis:
        return {unit_code: 1.0} if unit_code in basis else {}
    below = tree.below.get(unit_code, ())
    is_declared = any(node.weight_in_parent is not None for node in below)
    counted = {
        node.unit_code: (node.weight_in_parent or 0.0) if is_declared else 1.0
        for node in below
        if node.unit_code in has_index
    }
    total = sum(counted.values())
    return {
        source: share * weight / total
        for code, weight in counted.items()
        if weight
        for source, share in _shares(basis, has_index, tree, code).items()
    }


def _rows(snapshot: AllowedSnapshot, selection: Selection, first: date, last: date) -> pd.DataFrame:
    """Return the rows of the selection's grain and span that make indices, of all units."""
    rows = snapshot.index_rows(selection.organisation_code, grain=selection.period.grain, first=first, last=last)
    return rows[rows["is_to_date"] == selection.to_date]
