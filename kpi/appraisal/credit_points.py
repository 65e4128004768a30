"""Credit points (angka kredit) of functional positions from the predicate of an appraisal. Knows no screen.

Points = share of the predicate × the level's coefficient × months ÷ 12. Source: methodology-people.md, "Credit points".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from kpi.appraisal.predicate import PREDICATES, rank
from kpi.model import Mark
from kpi.people_model import FunctionalLevel, Predicate

SHARES: Final[dict[Predicate, float]] = {
    Predicate.VERY_GOOD: 1.5,
    Predicate.GOOD: 1.0,
    Predicate.NEEDS_IMPROVEMENT: 0.75,
    Predicate.POOR: 0.5,
    Predicate.VERY_POOR: 0.25,
}
"""The share of a year's coefficient that each predicate gives [V S27]."""


@dataclass(frozen=True, slots=True)
class Coefficient:
    """The points of one year at predicate Baik, and how sure they are."""

    points: float
    mark: Mark
    sources: tuple[str, ...] = ()


COEFFICIENTS: Final[dict[FunctionalLevel, Coefficient]] = {
    FunctionalLevel.EXPERT_FIRST: Coefficient(12.5, Mark.VERIFIED, ("S27",)),
    FunctionalLevel.EXPERT_JUNIOR: Coefficient(25.0, Mark.VERIFIED, ("P01",)),
    FunctionalLevel.EXPERT_SENIOR: Coefficient(37.5, Mark.RECALLED),
    FunctionalLevel.EXPERT_PRINCIPAL: Coefficient(50.0, Mark.RECALLED),
    FunctionalLevel.SKILLED_BEGINNER: Coefficient(3.75, Mark.RECALLED),
    FunctionalLevel.SKILLED: Coefficient(5.0, Mark.RECALLED),
    FunctionalLevel.SKILLED_ADVANCED: Coefficient(12.5, Mark.RECALLED),
    FunctionalLevel.SKILLED_SUPERVISOR: Coefficient(25.0, Mark.RECALLED),
}
"""Two were seen in a source; the others are recalled, and are shown with that mark or not at all."""


def credit_points(predicate: Predicate, level: FunctionalLevel, months: int = 12) -> float:
    """Return the points of an appraisal over `months` of a year (12 = annual). Raises ValueError beyond 1 to 12."""
    if not 1 <= months <= 12:
        raise ValueError(f"An appraisal covers 1 to 12 months, not {months}.")
    return SHARES[predicate] * COEFFICIENTS[level].points * months / 12


def with_credit_points(appraisals: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with `credit_points` (NaN: no functional position) and `credit_mark` (str; missing likewise).

    Needs `predicate`, `functional_level` (str; missing = none), `period_start` and `period_end`: whole months.
    Raises ValueError on an unknown predicate, and beyond 1 to 12 months.
    """
    levels = appraisals["functional_level"]
    start, end = pd.to_datetime(appraisals["period_start"]), pd.to_datetime(appraisals["period_end"])
    months = (end.dt.year - start.dt.year) * 12 + end.dt.month - start.dt.month + 1
    if len(months) and not months.between(1, 12).all():
        raise ValueError(f"An appraisal covers 1 to 12 months, not {months[~months.between(1, 12)].iloc[0]}.")
    share = np.array([SHARES[word] for word in PREDICATES])[rank(appraisals["predicate"])]
    points = levels.map({level.value: known.points for level, known in COEFFICIENTS.items()}).astype("float64")
    marks = levels.map({level.value: known.mark.value for level, known in COEFFICIENTS.items()})
    return appraisals.assign(credit_points=share * points * months / 12, credit_mark=marks.astype("str"))
