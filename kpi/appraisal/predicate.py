"""The predicate that follows from work result and behaviour, both a superior's judgement. Knows no indicator."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from kpi.people_model import Level, Predicate

LEVELS: Final = tuple(Level)
PREDICATES: Final = tuple(Predicate)
MATRIX: Final[dict[tuple[Level, Level], Predicate]] = {
    (Level.ABOVE, Level.ABOVE): Predicate.VERY_GOOD,
    (Level.ABOVE, Level.AS_EXPECTED): Predicate.GOOD,
    (Level.ABOVE, Level.BELOW): Predicate.POOR,
    (Level.AS_EXPECTED, Level.ABOVE): Predicate.GOOD,
    (Level.AS_EXPECTED, Level.AS_EXPECTED): Predicate.GOOD,
    (Level.AS_EXPECTED, Level.BELOW): Predicate.POOR,
    (Level.BELOW, Level.ABOVE): Predicate.NEEDS_IMPROVEMENT,
    (Level.BELOW, Level.AS_EXPECTED): Predicate.NEEDS_IMPROVEMENT,
    (Level.BELOW, Level.BELOW): Predicate.VERY_POOR,
}
"""Predicate by work result and behaviour. Source: methodology-people.md, "The predicate"."""
_BY_CODE: Final = np.array([MATRIX[work, behaviour].value for work in LEVELS for behaviour in LEVELS])


def predicate(work_result: Level, behaviour: Level) -> Predicate:
    """Return the predicate that follows from two judgements."""
    return MATRIX[work_result, behaviour]


def predicates(work_result: pd.Series, behaviour: pd.Series) -> pd.Series:
    """Return the predicate of each row (str), with the index of `work_result`.

    Both columns hold values of `Level`, none missing. Raises ValueError on any other.
    """
    cells = places(work_result) * len(LEVELS) + places(behaviour)
    return pd.Series(_BY_CODE[cells], index=work_result.index, dtype="str", name="predicate")


def rank(predicate_column: pd.Series) -> pd.Series:
    """Return the place of each predicate from the best, 0, to the worst, 4. Raises ValueError on an unknown one."""
    order = {word.value: place for place, word in enumerate(PREDICATES)}
    found = predicate_column.map(order)
    if found.isna().any():
        raise ValueError(f"'{predicate_column[found.isna()].iloc[0]}' is no predicate.")
    return found.astype("int64")


def places(levels: pd.Series) -> np.ndarray:
    """Return the place of each level (int64), 0 above, 1 as expected, 2 below. Raises ValueError on any other."""
    found = levels.map({level.value: place for place, level in enumerate(LEVELS)})
    if found.isna().any():
        raise ValueError(f"'{levels[found.isna()].iloc[0]}' is no level: {', '.join(LEVELS)}.")
    return found.to_numpy(dtype="int64")
