"""Groups of units that may be compared: those below one unit, and those of one level of the tree. Knows no screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pandas as pd

from kpi.periods import Period
from kpi.views.plain_rows import names_by
from kpi.views.tree import tree_of

LEVEL: Final = "level-"


@dataclass(frozen=True, slots=True)
class Group:
    """Units that stand side by side: below `parent_name` at `level` − 1, or, where that is None, all of one level."""

    code: str
    level: int
    parent_name: str | None


def groups_of(units: pd.DataFrame) -> tuple[Group, ...]:
    """Return the groups in the order of the tree; a level is one where its units have more than one parent."""
    names = names_by("unit_code", units)
    levels = dict(zip(units["unit_code"].tolist(), units["level"].tolist(), strict=True))
    parents = units["parent_code"].dropna().unique()
    below = tuple(Group(str(code), int(levels[code]) + 1, str(names[code])) for code in parents)
    parents_at = units.groupby("level")["parent_code"].nunique()
    return below + tuple(Group(f"{LEVEL}{level}", int(level), None) for level in parents_at[parents_at > 1].index)


def members(units: pd.DataFrame, code: str, period: Period) -> tuple[str, ...]:
    """Return the units of a group that existed in the period, in the order of the tree."""
    tree = tree_of(units)
    if not code.startswith(LEVEL):
        return tree.children(code, period)
    level = units[units["level"].astype(str) == code.removeprefix(LEVEL)]
    return tuple(each for each in level["unit_code"].tolist() if tree.nodes[each].existed_in(period))
