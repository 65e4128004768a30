"""What followed Kemuning's appraisals: follow-ups through all their states, and what people wrote. Knows no store."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import date
from functools import cache
from itertools import cycle
from typing import Final

from kpi.demo.definitions import definitions
from kpi.demo.people_appraisals import Round, rounds
from kpi.demo.people_staff import people
from kpi.demo.tables import Row, rows
from kpi.people_model import (
    CoachingReason,
    FeedbackNote,
    FollowUp,
    FollowUpKind,
    FollowUpState,
    Predicate,
)

OPENED_FROM: Final = "2025"
"""The annual appraisal after which follow-ups were opened."""
_EVERY_STRONG: Final = 4
"""One in so many of the strong persons was followed up."""
_ENDS: Final = (FollowUpState.DONE, FollowUpState.UNDER_WAY, FollowUpState.PLANNED, FollowUpState.DROPPED)
_DUE: Final = (date(2026, 6, 30), date(2026, 12, 15), date(2026, 9, 30))
_WORDS: Final = (
    "Saya setuju dengan penilaian ini.",
    "Mohon dipertimbangkan: dua bulan saya menggantikan rekan yang cuti.",
    "Saya ingin ikut pelatihan sebelum triwulan berikut.",
)


@cache
def follow_ups() -> tuple[tuple[FollowUp, FollowUpState], ...]:
    """Return each follow-up as it was planned, and the state in which it ends."""
    opened = next(each for each in rounds() if each.period.code == OPENED_FROM)
    code = definitions().organisation.organisation_code
    kinds = {word: cycle(_rows_of(word)) for word in Predicate}
    ends = {row["kind"]: cycle(_ENDS) for row in rows("people/follow_ups")}
    dues = cycle(_DUE)
    found = []
    for person, predicate, superior in _followed(opened):
        row = next(kinds[predicate])
        is_strong = predicate is Predicate.VERY_GOOD
        planned = FollowUp(
            code,
            f"TL-{len(found) + 1:03d}",
            person,
            FollowUpKind(row["kind"]),
            superior,
            next(dues),
            FollowUpState.PLANNED,
            row["text"],
            CoachingReason.STRONG if is_strong else CoachingReason.LOW_PREDICATE,
        )
        found.append((planned, next(ends[row["kind"]])))
    return tuple(found)


def planned() -> list[FollowUp]:
    """Return all follow-ups as they were opened."""
    return [follow_up for follow_up, _ in follow_ups()]


def under_way() -> list[FollowUp]:
    """Return those that were begun, as of then."""
    return [
        dataclasses.replace(follow_up, state=FollowUpState.UNDER_WAY)
        for follow_up, end in follow_ups()
        if end is not FollowUpState.PLANNED
    ]


def closed() -> list[FollowUp]:
    """Return those that were closed, with what came of them."""
    outcomes = {(row["kind"], row["text"]): row for row in rows("people/follow_ups")}
    return [
        dataclasses.replace(follow_up, state=end, outcome=outcomes[follow_up.kind.value, follow_up.text][str(end)])
        for follow_up, end in follow_ups()
        if end in (FollowUpState.DONE, FollowUpState.DROPPED)
    ]


def notes() -> list[FeedbackNote]:
    """Return what a dozen people wrote about their annual appraisal."""
    opened = next(each for each in rounds() if each.period.code == OPENED_FROM)
    code = definitions().organisation.organisation_code
    writers = [follow_up.employee_code for follow_up in planned()][:12]
    return [
        FeedbackNote(code, f"UB-{place:03d}", writer, writer, date(2026, 2, 9), text, opened.period.end)
        for place, (writer, text) in enumerate(zip(writers, cycle(_WORDS), strict=False), start=1)
    ]


def _followed(opened: Round) -> Sequence[tuple[str, Predicate, str]]:
    """Return who was followed up in the order of their codes: all at low predicates, and some of the strong."""
    superiors = {appraisal.employee_code: appraisal.superior_code for appraisal in opened.appraisals}
    low, strong = [], []
    for person in people():
        predicate = opened.predicates.get(person.code)
        is_still_here = person.post_on(date(2026, 2, 10)) is not None
        if predicate is None or predicate is Predicate.GOOD or not is_still_here:
            continue
        (strong if predicate is Predicate.VERY_GOOD else low).append((person.code, predicate, superiors[person.code]))
    return [*low, *strong[::_EVERY_STRONG]]


def _rows_of(predicate: Predicate) -> list[Row]:
    return [row for row in rows("people/follow_ups") if row["predicate"] == predicate.value]
