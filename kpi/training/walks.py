"""The first walk for each kind of user: which tasks, in which order."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from kpi.access import Role
from kpi.i18n import Translator, mark
from kpi.training import change_tasks, data_tasks, people_tasks, scoring_tasks, units_tasks
from kpi.training.task import Builder, Ground, Task


class Kind(StrEnum):
    """Whom a walk is for."""

    LEADER = "leader"
    ANALYST = "analyst"
    PLANNER = "planner"
    OFFICER = "officer"
    SUPERIOR = "superior"
    EMPLOYEE = "employee"


@dataclass(frozen=True, slots=True)
class Plan:
    """A walk before it meets figures: what it is called, what one can do after it, and its tasks."""

    name: str
    aim: str
    builders: tuple[Builder, ...]


PLANS: Final[Mapping[Kind, Plan]] = {
    Kind.LEADER: Plan(
        mark("Leader"),
        mark("See in one minute what needs a talk, and what does not."),
        (units_tasks.costliest, change_tasks.worst, change_tasks.next_step, units_tasks.little_scored),
    ),
    Kind.ANALYST: Plan(
        mark("Analyst"),
        mark("Tell a change from chance, and say why a figure scores as it does."),
        (change_tasks.both_verdicts, change_tasks.told_apart, scoring_tasks.which_index, scoring_tasks.not_scored),
    ),
    Kind.PLANNER: Plan(
        mark("Planner"),
        mark("Find where work pays most, and what a target or a rule does to a score."),
        (units_tasks.gain, data_tasks.pace, scoring_tasks.other_profile, data_tasks.weak_sheet),
    ),
    Kind.OFFICER: Plan(
        mark("Data officer"),
        mark("Report figures that can be trusted, and find your own way back to each of them."),
        (scoring_tasks.empty_cell, data_tasks.late_unit, data_tasks.origin, scoring_tasks.not_scored),
    ),
    Kind.SUPERIOR: Plan(
        mark("Superior"),
        mark("Use figures in a talk without letting them judge in your place."),
        (people_tasks.the_predicate, change_tasks.next_step, people_tasks.small_group, people_tasks.who_sees),
    ),
    Kind.EMPLOYEE: Plan(
        mark("Employee"),
        mark("Know what the colours say of your unit, and what nobody makes of them."),
        (change_tasks.both_verdicts, scoring_tasks.which_index, people_tasks.the_predicate, people_tasks.who_sees),
    ),
}


OF_ROLES: Final[Mapping[Role, Kind]] = {
    Role.LEADERSHIP: Kind.LEADER,
    Role.PLANNER: Kind.PLANNER,
    Role.OFFICER: Kind.OFFICER,
    Role.VERIFIER: Kind.OFFICER,
    Role.PEOPLE_MANAGER: Kind.SUPERIOR,
    Role.SUPERIOR: Kind.SUPERIOR,
    Role.EMPLOYEE: Kind.EMPLOYEE,
}
"""The walk that is open first for who has the role."""


def first_walk(roles: Iterable[Role]) -> Kind:
    """Return the walk that opens first for somebody with these roles; the leader's where none of them says."""
    return next((OF_ROLES[role] for role in roles if role in OF_ROLES), Kind.LEADER)


def task_of(kind: Kind, number: int, ground: Ground, t: Translator) -> Task | None:
    """Return a task of a walk, from 1, with the answer that the figures give; None where they do not allow to ask."""
    return PLANS[kind].builders[number - 1](ground, t)


def codes_of(kind: Kind) -> tuple[str, ...]:
    """Return the codes of a walk's tasks, in order."""
    return tuple(builder.__name__ for builder in PLANS[kind].builders)


def is_finished(kind: Kind, solved: Collection[str]) -> bool:
    """Whether every task of a walk is among those solved (or passed over, where the figures do not allow to ask)."""
    return set(codes_of(kind)) <= set(solved)
