"""How Kemuning's superiors appraised: levels drawn so that departments spread as data/demo/people says. No store."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np

from kpi.demo.definitions import definitions
from kpi.demo.people_staff import Person, department_of, generator, people
from kpi.demo.tables import Row, rows
from kpi.people_model import (
    Appraisal,
    AppraisalKind,
    CoreValue,
    Level,
    OrganisationPredicate,
    Predicate,
    UnitPredicate,
)
from kpi.periods import Period

PERIODS: Final = ("2024", "2025", "2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3")
"""Two annual and four periodic appraisals."""
_JUDGED: Final[dict[Predicate, tuple[tuple[Level, Level, float], ...]]] = {
    Predicate.VERY_GOOD: ((Level.ABOVE, Level.ABOVE, 1.0),),
    Predicate.GOOD: (
        (Level.AS_EXPECTED, Level.AS_EXPECTED, 0.7),
        (Level.ABOVE, Level.AS_EXPECTED, 0.15),
        (Level.AS_EXPECTED, Level.ABOVE, 0.15),
    ),
    Predicate.NEEDS_IMPROVEMENT: (
        (Level.BELOW, Level.AS_EXPECTED, 0.85),
        (Level.BELOW, Level.ABOVE, 0.15),
    ),
    Predicate.POOR: ((Level.AS_EXPECTED, Level.BELOW, 0.8), (Level.ABOVE, Level.BELOW, 0.2)),
    Predicate.VERY_POOR: ((Level.BELOW, Level.BELOW, 1.0),),
}
"""The judgements behind each predicate of the tables, and how often each."""
_FALLING_IN: Final = 2026
_FALL: Final = 1.3
_NOTES: Final[dict[Predicate, str]] = {
    Predicate.VERY_GOOD: "Melampaui sasaran dan membantu rekan.",
    Predicate.NEEDS_IMPROVEMENT: "Sasaran belum tercapai; sudah dibicarakan.",
    Predicate.POOR: "Perilaku di bawah ekspektasi; sudah diperingatkan lisan.",
    Predicate.VERY_POOR: "Hasil dan perilaku di bawah ekspektasi.",
}


@dataclass(frozen=True, slots=True)
class Round:
    """All appraisals of one period, the predicates that were drawn for them, and what departments were judged at."""

    period: Period
    appraisals: tuple[Appraisal, ...]
    predicates: dict[str, Predicate]
    unit_predicates: tuple[UnitPredicate, ...]


@cache
def rounds() -> tuple[Round, ...]:
    """Return the six rounds of appraisal in the order in which they ended."""
    found = [_round(Period.parse(code)) for code in PERIODS]
    return tuple(sorted(found, key=lambda each: (each.period.end, -len(each.period.code))))


def _round(period: Period) -> Round:
    by_department: dict[str, list[Person]] = {}
    for person in people():
        post = person.post_on(period.end)
        if post is not None and post.superior_code is not None:
            by_department.setdefault(department_of(post.unit_code), []).append(person)
    predicates: dict[str, Predicate] = {}
    judged = []
    for row in rows("people/distribution"):
        if row["year"] == str(period.year):
            predicates.update(_spread(by_department[row["unit_code"]], row, period))
            judged.append(_unit_predicate(row, period))
    appraised = (person for members in by_department.values() for person in members)
    appraisals = tuple(_appraisal(person, predicates[person.code], period) for person in appraised)
    return Round(period, appraisals, predicates, tuple(judged))


def _kind(period: Period) -> AppraisalKind:
    return AppraisalKind.ANNUAL if period.code.isdigit() else AppraisalKind.PERIODIC


def _spread(members: list[Person], row: Row, period: Period) -> dict[str, Predicate]:
    """Return a predicate for each member: the strongest that day the best, in the shares of the table."""
    noise = generator("day", period.code, row["unit_code"]).normal(scale=0.8, size=len(members))
    quarters = max(period.number - 1, 0) if period.start.year == _FALLING_IN else 0
    shown = np.array([each.strength - _FALL * quarters * each.is_falling for each in members]) + noise
    order = np.argsort(-shown, kind="stable")
    words = np.repeat(np.array(list(Predicate)), _whole_persons(row, len(members)))
    return {members[place].code: Predicate(word) for place, word in zip(order, words, strict=True)}


def _whole_persons(row: Row, total: int) -> np.ndarray:
    """Return how many persons each share comes to, the largest remainders rounded up."""
    exact = np.array([float(row[word.value]) for word in Predicate]) * total / 100
    counts = np.floor(exact).astype(int)
    counts[np.argsort(counts - exact, kind="stable")[: total - counts.sum()]] += 1
    return counts


def _unit_predicate(row: Row, period: Period) -> UnitPredicate:
    return UnitPredicate(
        definitions().organisation.organisation_code,
        row["unit_code"],
        _kind(period),
        period.start,
        period.end,
        OrganisationPredicate(row["predicate"]),
        "Bupati Kemuning",
        row["why"] or None,
    )


def _appraisal(person: Person, predicate: Predicate, period: Period) -> Appraisal:
    draw = generator("appraisal", period.code, person.code)
    choices = _JUDGED[predicate]
    reached = np.cumsum([share for _, _, share in choices])
    work, behaviour, _ = choices[int(np.searchsorted(reached, draw.random() * reached[-1]))]
    post = person.post_on(period.end)
    assert post is not None  # only who is in post and has a superior is appraised
    assert post.superior_code is not None
    return Appraisal(
        post.organisation_code,
        person.code,
        _kind(period),
        period.start,
        period.end,
        post.superior_code,
        work,
        behaviour,
        note=_NOTES.get(predicate),
        **_core_values(behaviour, draw),  # pyright: ignore[reportArgumentType] — the seven are levels
    )


def _core_values(behaviour: Level, draw: np.random.Generator) -> dict[str, Level | None]:
    """Return notes on the core values around the overall level, one at least just as it; some nothing is noted for."""
    levels = list(Level)
    steps = np.digitize(draw.random(len(CoreValue)), [0.15, 0.85]) - 1  # 0.7 as the overall level, else one beside it
    places = np.clip(levels.index(behaviour) + steps, 0, len(levels) - 1)
    is_noted = draw.random(len(CoreValue)) < 0.85
    places[0], is_noted[0] = levels.index(behaviour), True
    order = draw.permutation(len(CoreValue))
    return {
        value.value: levels[places[at]] if is_noted[at] else None for value, at in zip(CoreValue, order, strict=True)
    }
