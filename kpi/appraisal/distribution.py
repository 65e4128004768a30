"""Holds a unit's predicates against the pattern that the unit's own predicate prescribes. Draws and decides nothing.

The pattern is SE MenPANRB 3/2023, second-hand [S]; that "most" means the largest group is our reading [D].
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import pandas as pd

from kpi.appraisal.predicate import PREDICATES
from kpi.model import Mark
from kpi.people_model import OrganisationPredicate, Predicate

LEAST_PERSONS: Final = 5
"""Smaller groups are not checked: one person is more than a tenth, and the answer would name them."""

TOO_MANY: Final = "{predicates}: {share} of {total} persons, where at most {bound} is meant; {persons} too many."
TOO_FEW: Final = "{predicates}: {share} of {total} persons, where at least {bound} is meant; {persons} too few."
NOBODY: Final = "{predicates}: nobody of {total} persons, where there must be some."
NOT_LARGEST: Final = "{predicates} should be the largest group, and {largest} is, with {share} of {total} persons."
MESSAGES: Final = (TOO_MANY, TOO_FEW, NOBODY, NOT_LARGEST)
"""The breaches in words, as message ids; `share` and `bound` are ratios, `predicates` and `largest` words to name."""


@dataclass(frozen=True, slots=True)
class Requirement:
    """What a pattern asks of the persons at these predicates together; bounds are ratios, None = no bound.

    `is_present`: somebody must be there. `is_largest`: no other predicate may have more.
    """

    predicates: tuple[Predicate, ...]
    at_least: float | None = None
    at_most: float | None = None
    is_present: bool = False
    is_largest: bool = False
    mark: Mark = Mark.SECONDARY


@dataclass(frozen=True, slots=True)
class Breach:
    """One requirement that a distribution breaks; `text` is a message id that `values` fill."""

    requirement: Requirement
    text: str
    values: Mapping[str, object] = field(default_factory=dict)
    mark: Mark = Mark.SECONDARY


@dataclass(frozen=True, slots=True)
class DistributionCheck:
    """How many persons were looked at, and what is broken. Not checked: fewer than LEAST_PERSONS persons."""

    total: int
    is_checked: bool
    breaches: tuple[Breach, ...]


_VERY_GOOD, _GOOD, _IMPROVE, _POOR, _VERY_POOR = ((word,) for word in PREDICATES)
PATTERNS: Final[dict[OrganisationPredicate, tuple[Requirement, ...]]] = {
    OrganisationPredicate.EXCELLENT: (
        Requirement(_VERY_GOOD, is_largest=True, mark=Mark.DERIVED),
        Requirement(_VERY_GOOD, at_most=0.7),
    ),
    OrganisationPredicate.GOOD: (
        Requirement(_GOOD, is_largest=True, mark=Mark.DERIVED),
        Requirement(_GOOD, at_most=0.7),
        Requirement((*_IMPROVE, *_POOR), is_present=True),
    ),
    OrganisationPredicate.NEEDS_IMPROVEMENT: (
        Requirement(_IMPROVE, at_least=0.6),
        Requirement(_VERY_GOOD, at_most=0.1),
    ),
    OrganisationPredicate.POOR: (
        Requirement(_POOR, at_least=0.6),
        Requirement(_IMPROVE, at_least=0.1),
        Requirement(_VERY_GOOD, at_most=0.1),
    ),
    OrganisationPredicate.VERY_POOR: (
        Requirement(_VERY_POOR, at_least=0.6),
        Requirement((*_IMPROVE, *_POOR), at_least=0.1),
        Requirement(_VERY_GOOD, at_most=0.0),
    ),
}
"""What each predicate of a unit prescribes for its persons. Source: methodology-people.md, "The pattern"."""


def counts_by(appraisals: pd.DataFrame, groups: str = "unit_code") -> pd.DataFrame:
    """Return a row per group and a column per `Predicate`, best first: how many persons (int64).

    Needs `groups` and `predicate`, one row per person.
    """
    found = pd.crosstab(appraisals[groups], appraisals["predicate"])
    return found.reindex(columns=[word.value for word in PREDICATES], fill_value=0)


def distribution_check(counts: Mapping[Predicate, int], organisation: OrganisationPredicate) -> DistributionCheck:
    """Return which requirements of the pattern the persons at each predicate break; a missing predicate is nobody."""
    persons = {word: int(counts.get(word, 0)) for word in PREDICATES}
    total = sum(persons.values())
    if total < LEAST_PERSONS:
        return DistributionCheck(total, is_checked=False, breaches=())
    found = (_breach(requirement, persons, total) for requirement in PATTERNS[organisation])
    return DistributionCheck(total, is_checked=True, breaches=tuple(breach for breach in found if breach))


def distribution_checks(
    counts: pd.DataFrame, predicates: Mapping[str, OrganisationPredicate]
) -> dict[str, DistributionCheck]:
    """Return the check of each row of `counts` (as `counts_by`) whose group has a predicate of its own."""
    rows = {str(group): row for group, row in counts.iterrows() if group in predicates}
    return {
        group: distribution_check({word: int(row.get(word.value, 0)) for word in PREDICATES}, predicates[group])
        for group, row in rows.items()
    }


def _breach(requirement: Requirement, persons: Mapping[Predicate, int], total: int) -> Breach | None:
    here = sum(persons[word] for word in requirement.predicates)
    said = {"predicates": requirement.predicates, "share": here / total, "total": total}
    if requirement.is_largest:
        largest = max(persons, key=lambda word: persons[word])
        if persons[largest] > here:
            values = {**said, "largest": (largest,), "share": persons[largest] / total}
            return Breach(requirement, NOT_LARGEST, values, requirement.mark)
    if requirement.is_present and here == 0:
        return Breach(requirement, NOBODY, said, requirement.mark)
    if requirement.at_most is not None:
        most = math.floor(round(requirement.at_most * total, 9))
        if here > most:
            values = {**said, "bound": requirement.at_most, "persons": here - most}
            return Breach(requirement, TOO_MANY, values, requirement.mark)
    if requirement.at_least is not None:
        least = math.ceil(round(requirement.at_least * total, 9))
        if here < least:
            values = {**said, "bound": requirement.at_least, "persons": least - here}
            return Breach(requirement, TOO_FEW, values, requirement.mark)
    return None
