"""Hides small groups in a tree of units, whose tables share rows: what is hidden in one is hidden in all. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pandas as pd

from kpi.appraisal.suppression import LEAST, Suppressed, suppress


class Hidden(StrEnum):
    """Why a group is not broken down."""

    SMALL = "small"
    COMPLEMENTARY = "complementary"
    ABOVE = "above"


@dataclass(frozen=True, slots=True)
class TreeSuppression:
    """What may be shown of each unit: of it with all below it (`whole`), and of the persons right in it (`own`).

    Both map every unit to the reason for which it is hidden, None = shown. A unit of which the whole is hidden shows
    nothing below it either.
    """

    whole: Mapping[str, Hidden | None]
    own: Mapping[str, Hidden | None]


def suppress_tree(
    own: pd.DataFrame,
    parents: Mapping[str, str | None],
    *,
    least: int = LEAST,
    coarser: Mapping[str, str] | None = None,
    sizes: pd.Series | None = None,
) -> TreeSuppression:
    """Say of which units a breakdown may be shown, at every level of the tree at once.

    `own`: the persons right in each unit (index: every unit of `parents`), by category (columns). `parents`: the unit
    above, None for roots. `coarser` as in `suppress`. `sizes`: the persons right in each unit, where `own` counts
    something else of theirs; a unit with any has a person.
    """
    children: dict[str, list[str]] = {unit: [] for unit in parents}
    for unit, parent in parents.items():
        if parent is not None:
            children[parent].append(unit)
    order = [unit for unit, parent in parents.items() if parent is None]
    for unit in order:  # grows while it is walked: every unit after its parent
        order.extend(children[unit])
    counts = own.reindex(order).fillna(0).astype("int64").to_numpy()
    persons = dict(zip(order, counts, strict=True))
    heads = _heads(order, counts, sizes)
    whole: dict[str, np.ndarray] = {}
    whole_heads: dict[str, int] = {}
    tables: dict[str, Suppressed] = {}
    forced: set[str] = set()
    for unit in reversed(order):
        below = children[unit]
        rows = [persons[unit], *(whole[child] for child in below)]
        whole[unit] = np.sum(rows, axis=0)
        of_rows = pd.Series([heads[unit], *(whole_heads[child] for child in below)], index=["", *below])
        whole_heads[unit] = int(of_rows.sum())
        if below:
            table = pd.DataFrame(rows, index=["", *below], columns=own.columns)
            is_hidden = forced.intersection(below)
            tables[unit] = suppress(table, least=least, hidden=is_hidden, coarser=coarser, sizes=of_rows)
            is_forced = tables[unit].totals is None
        else:
            is_forced = whole_heads[unit] < least
        if is_forced and whole[unit].any():
            forced.add(unit)
    return _from_the_top(order, children, tables, forced)


def _heads(order: list[str], counts: np.ndarray, sizes: pd.Series | None) -> dict[str, int]:
    """Return how many persons are right in each unit."""
    counted = counts.sum(axis=1)
    if sizes is not None:
        stated = sizes.reindex(order).fillna(0).astype("int64").to_numpy()
        counted = np.maximum(stated, counted > 0)
    return dict(zip(order, counted.tolist(), strict=True))


def _from_the_top(
    order: list[str], children: Mapping[str, list[str]], tables: Mapping[str, Suppressed], forced: set[str]
) -> TreeSuppression:
    """Walk down from the roots, so that nothing below a hidden unit is shown."""
    roots = set(order) - {child for below in children.values() for child in below}
    whole: dict[str, Hidden | None] = {unit: Hidden.SMALL if unit in forced else None for unit in roots}
    own: dict[str, Hidden | None] = {}
    for unit in order:
        if whole[unit] is not None:
            own[unit] = Hidden.ABOVE
            whole.update(dict.fromkeys(children[unit], Hidden.ABOVE))
        elif unit in tables:
            shown = tables[unit]
            why = dict.fromkeys(shown.small, Hidden.SMALL) | dict.fromkeys(shown.complementary, Hidden.COMPLEMENTARY)
            own[unit] = why.get("")
            whole.update({child: why.get(child) for child in children[unit]})
        else:
            own[unit] = None
    return TreeSuppression(whole, own)
