"""Whether the overall judgement of behaviour and the notes on the seven core values fit together. Judges nobody.

The overall level is entered, never made from the seven. Our own reading of when they contradict each other [D]: the
overall level lies outside all that was noted; and a value below expectation beside an overall level above it wants a
reason. Anything else may be weighed as the superior sees fit.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

import numpy as np
import pandas as pd

from kpi.appraisal.predicate import LEVELS, places
from kpi.people_model import CoreValue, Level


class Contradiction(StrEnum):
    """How an overall level and the noted values disagree."""

    BETTER_THAN_ALL = "better_than_all"
    WORSE_THAN_ALL = "worse_than_all"
    ABOVE_WITH_ONE_BELOW = "above_with_one_below"


MESSAGES: Final[dict[Contradiction, str]] = {
    Contradiction.BETTER_THAN_ALL: "Behaviour is judged better overall than any core value noted. Mend one of them.",
    Contradiction.WORSE_THAN_ALL: "Behaviour is judged worse overall than any core value noted. Mend one of them.",
    Contradiction.ABOVE_WITH_ONE_BELOW: (
        "Behaviour is judged above expectation, and a core value below it. Say why in the note."
    ),
}
"""What each means, as message ids."""
_PLACE: Final = {level.value: float(place) for place, level in enumerate(LEVELS)}  # 0 is best


def contradictions(appraisals: pd.DataFrame) -> pd.Series:
    """Return for each row the `Contradiction` of its behaviour (str; missing = none), with the frame's index.

    Needs `behaviour` and the seven columns of `CoreValue`, values of `Level`; a value may be missing.
    Raises ValueError on another `behaviour`.
    """
    overall = places(appraisals["behaviour"])
    noted = np.column_stack([appraisals[value.value].map(_PLACE).to_numpy(dtype="float64") for value in CoreValue])
    has_notes = ~np.isnan(noted).all(axis=1)
    best = np.where(np.isnan(noted), np.inf, noted).min(axis=1)
    worst = np.where(np.isnan(noted), -np.inf, noted).max(axis=1)
    has_one_below = (overall == _PLACE[Level.ABOVE]) & (worst == _PLACE[Level.BELOW])
    found = np.select(
        [has_notes & (overall < best), has_notes & (overall > worst), has_notes & has_one_below],
        [each.value for each in Contradiction],
        "",
    )
    return pd.Series(found, index=appraisals.index, dtype="str", name="contradiction").replace("", np.nan)
