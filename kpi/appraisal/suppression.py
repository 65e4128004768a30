"""Hides the breakdown of small groups, and as much else as it takes that nobody can subtract it out. Pure.

A group is broken down when a table shows how many of its persons are in each category. Groups under `least` persons
are not, and with them so many larger ones that, whatever the shown rows and totals say, each hidden group may have
more or fewer in every category that occurs. How many persons a group has is not hidden.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

LEAST: Final = 5


@dataclass(frozen=True, slots=True)
class Suppressed:
    """A table that may be shown. `counts`: NaN = hidden. `sizes`: persons of each group, never hidden.

    `totals` by category over all groups, None where they too would tell of a small group. `small` and `complementary`
    name the hidden groups.
    """

    counts: pd.DataFrame
    sizes: pd.Series
    totals: pd.Series | None
    small: tuple[str, ...]
    complementary: tuple[str, ...]


def suppress(
    counts: pd.DataFrame,
    *,
    least: int = LEAST,
    hidden: Collection[str] = (),
    coarser: Mapping[str, str] | None = None,
    sizes: pd.Series | None = None,
) -> Suppressed:
    """Return a table of groups (index, unique) by categories (columns) without what tells of a small group.

    `counts`: whole numbers of persons. `hidden`: groups that must be hidden besides the small ones. `coarser`:
    category → the coarser one that another shown table counts in; both are safe then, as both hide the same groups.
    `sizes`: persons of each group, where `counts` counts something else of theirs. Hides as few persons as it can. At
    most about a dozen categories.
    """
    sizes = counts.sum(axis=1) if sizes is None else sizes
    total = counts.sum(axis=0)
    needed = _hidden_rows(sizes, least, hidden)
    occurring = counts.columns[total > 0]
    kinds = len({(coarser or {}).get(str(name), str(name)) for name in occurring})
    if sizes.sum() < least:
        return _shown(counts, sizes, needed, [], has_totals=False)
    if not needed:
        return _shown(counts, sizes, [], [], has_totals=True)
    if kinds < 2 or (sizes > 0).sum() < 2:  # all are in one category, or in one group: the total tells of each
        return _shown(counts, sizes, needed, [], has_totals=False)
    added = _fewest(counts[occurring] > 0, sizes, needed, least)
    return _shown(counts, sizes, needed, added, has_totals=True)


def _hidden_rows(sizes: pd.Series, least: int, hidden: Collection[str]) -> list[str]:
    return [str(group) for group, size in sizes.items() if 0 < size < least or (group in hidden and size > 0)]


def _shown(
    counts: pd.DataFrame, sizes: pd.Series, needed: list[str], added: list[str], *, has_totals: bool
) -> Suppressed:
    shown = counts.astype("float64")
    shown.loc[[*needed, *added]] = np.nan
    totals = counts.sum(axis=0) if has_totals else None
    return Suppressed(shown, sizes, totals, tuple(needed), tuple(added))


def _fewest(occurs: pd.DataFrame, sizes: pd.Series, needed: list[str], least: int) -> list[str]:
    """Return the groups to hide besides `needed`: the fewest persons with whom each category occurs in the hidden.

    `occurs`: whether a group has anybody in a category. Then the hidden groups' persons in a category are neither
    nobody nor everybody, so that no single group's number follows. They must be `least` persons in two groups at least.
    """
    bits = (occurs.to_numpy() @ (1 << np.arange(occurs.shape[1]))).astype(int)
    masks = dict(zip((str(group) for group in occurs.index), bits.tolist(), strict=True))
    full = (1 << occurs.shape[1]) - 1
    start = 0
    for group in needed:
        start |= masks[group]
    is_enough = len(needed) > 1 and int(sizes[needed].sum()) >= least
    enough = 1 << occurs.shape[1]  # one more bit: hidden groups large enough together; any further one makes them so
    best: dict[int, tuple[int, list[str]]] = {start | (enough if is_enough else 0): (0, [])}
    for group in sorted((name for name in masks if name not in needed and sizes[name] > 0), key=lambda g: sizes[g]):
        for mask, (persons, groups) in list(best.items()):
            with_it = mask | masks[group] | enough
            offered = persons + int(sizes[group])
            if with_it not in best or offered < best[with_it][0]:
                best[with_it] = (offered, [*groups, group])
    return best[full | enough][1]
