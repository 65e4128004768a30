"""What a superior's form shows beside the judgement: the staff, the rounds, what follows by the matrix; no more.

No indicator enters here: the predicate follows from the two judgements alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from kpi.access import AllowedPeople
from kpi.appraisal.behaviour import MESSAGES, Contradiction, contradictions
from kpi.appraisal.predicate import predicate, predicates
from kpi.people_model import AppraisalKind, CoreValue, Level, Predicate
from kpi.periods import Grain, Period
from kpi.views.people import Round, rounds
from kpi.views.plain_rows import names_by


@dataclass(frozen=True, slots=True)
class Colleague:
    """One of a superior's staff: the post of today, and the predicate of the round, None = not appraised yet."""

    code: str
    name: str
    position: str
    unit_code: str
    predicate: Predicate | None


def superiors(people: AllowedPeople, organisation_code: str) -> dict[str, str]:
    """Return code and name of everybody who has staff today, as far as the reader may see them, by code."""
    posts = people.employees(organisation_code, on=people.meta.today)
    names = names_by("employee_code", posts)
    return {code: names[code] for code in sorted(set(posts["superior_code"].dropna().astype(str))) if code in names}


def staff_in_round(
    people: AllowedPeople, organisation_code: str, superior_code: str, of: Round
) -> tuple[Colleague, ...]:
    """Return a superior's direct staff of today, by code, with what they were appraised at in the round."""
    posts = people.staff_of(organisation_code, superior_code, on=people.meta.today)
    codes = posts["employee_code"].astype(str).tolist()
    if not codes:
        return ()
    appraised = people.appraisals(organisation_code, employee_codes=codes, kind=of.kind, first=of.end, last=of.end)
    found = predicates(appraised["work_result"], appraised["behaviour"])
    at = dict(zip(appraised["employee_code"].astype(str), found.astype(str), strict=True))
    return tuple(
        Colleague(code, name, position, unit, Predicate(at[code]) if code in at else None)
        for code, name, position, unit in posts[["employee_code", "name", "position", "unit_code"]].itertuples(
            index=False, name=None
        )
    )


def offered_rounds(people: AllowedPeople, organisation_code: str, year_starts_in: int) -> tuple[Round, ...]:
    """Return the rounds that may be appraised: those known, the quarter and year that ended last, the running quarter.

    The newest first; the first one that is over is where a form begins.
    """
    today = people.meta.today
    running = Period.containing(today, Grain.QUARTER, year_starts_in)
    last_year = Period.containing(today, Grain.YEAR, year_starts_in).shifted(-1)
    new = [_round(running), _round(running.shifted(-1)), _round(last_year)]
    known = {each.code: each for each in (*new, *rounds(people, organisation_code))}
    return tuple(sorted(known.values(), key=lambda each: (each.end, each.kind is AppraisalKind.ANNUAL), reverse=True))


def newest_over(offered: Iterable[Round], today: date) -> Round:
    """Return the newest round that is over, else the first that is offered."""
    found = list(offered)
    return next((each for each in found if each.end < today), found[0])


def follows(work_result: Level | None, behaviour: Level | None) -> Predicate | None:
    """Return the predicate by the matrix, None until both are judged."""
    return predicate(work_result, behaviour) if work_result and behaviour else None


def contradiction(behaviour: Level | None, values: Mapping[CoreValue, Level | None]) -> str | None:
    """Return the message id that says how the overall level and the values noted contradict each other, None = not."""
    if behaviour is None:
        return None
    noted = {value.value: [level.value if (level := values.get(value)) else None] for value in CoreValue}
    found = contradictions(pd.DataFrame({"behaviour": [behaviour.value], **noted})).iloc[0]
    return None if pd.isna(found) else MESSAGES[Contradiction(found)]


def _round(period: Period) -> Round:
    kind = AppraisalKind.ANNUAL if period.grain is Grain.YEAR else AppraisalKind.PERIODIC
    return Round(kind, period.start, period.end)
