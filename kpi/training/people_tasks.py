"""Tasks about people's appraisals: the predicate, who may see it, which small groups are hidden. The rules answer."""

from __future__ import annotations

from typing import Final

import pandas as pd

from kpi.access import RIGHTS, Right, Role
from kpi.appraisal.predicate import MATRIX, predicate
from kpi.appraisal.suppression import LEAST, suppress
from kpi.i18n import Translator, mark
from kpi.people_model import Level, Predicate
from kpi.training.task import Ground, Option, Task, Way

SMALL, MIDDLE, LARGE = "small", "middle", "large"
PERSONS: Final[dict[str, tuple[int, int]]] = {SMALL: (2, 1), MIDDLE: (5, 3), LARGE: (14, 6)}
"""Of three invented units: how many persons are good, and how many need improvement."""
LOOKERS: Final[dict[str, frozenset[Role]]] = {
    "named": frozenset({Role.EMPLOYEE, Role.SUPERIOR, Role.PEOPLE_MANAGER}),
    "leaders": frozenset({Role.EMPLOYEE, Role.SUPERIOR, Role.PEOPLE_MANAGER, Role.LEADERSHIP}),
    "unit": frozenset({Role.EMPLOYEE, Role.SUPERIOR, Role.PEOPLE_MANAGER, Role.LEADERSHIP, Role.OFFICER, Role.PLANNER}),
    "administrator": frozenset({Role.EMPLOYEE, Role.ADMINISTRATOR}),
}
SAID: Final[dict[str, str]] = {
    "named": mark("The employee, the own superior, and the people manager"),
    "leaders": mark("These three, and every leader of the district"),
    "unit": mark("Everyone who works with the figures of the unit"),
    "administrator": mark("The employee and the administrator of the system"),
}
"""Who may open one person's record, as answers; `LOOKERS` says the same in roles."""


def the_predicate(ground: Ground, t: Translator) -> Task:
    """Ask which predicate follows from two judgements."""
    work, behaviour = Level.BELOW, Level.AS_EXPECTED
    right = predicate(work, behaviour)
    follows = t(
        "Work result {work} and behaviour {behaviour} give {predicate}. Both are your superior's judgement after "
        "talks with you; no index and no colour of the unit is put into it.",
        **_judged(work, behaviour, t),
        predicate=f"**{t.label(right)}**",
    )
    shown = (Predicate.GOOD, Predicate.NEEDS_IMPROVEMENT, Predicate.POOR, Predicate.VERY_POOR)
    options = tuple(
        Option(each.value, t.label(each), follows if each is right else _would_follow(each, t)) for each in shown
    )
    asked = t(
        "A superior judges an employee's work result {work} and behaviour {behaviour}. Which predicate follows?",
        **_judged(work, behaviour, t),
    )
    return Task(
        "the_predicate",
        asked,
        t("The predicate follows from two judgements alone: work result and behaviour."),
        options,
        right.value,
        _people(ground),
    )


def _people(ground: Ground) -> Way | None:
    """Return the way to the page of people: its counts, else the own record; None for who may see neither."""
    access, root = ground.snapshot.access, ground.root
    if access.may(Right.COUNT_PEOPLE, root):
        return Way("pages/people.py", {"people": "unit", "unit": root})
    return Way("pages/people.py", {"people": "person"}) if access.may(Right.READ_PERSON, root) else None


def _would_follow(other: Predicate, t: Translator) -> str:
    """Return two judgements from which another predicate follows."""
    work, behaviour = next(levels for levels, found in MATRIX.items() if found is other)
    said = mark("“{predicate}” would follow from work result {work} and behaviour {behaviour}.")
    return t(said, predicate=t.label(other), **_judged(work, behaviour, t))


def _judged(work: Level, behaviour: Level, t: Translator) -> dict[str, str]:
    return {"work": f"“{t.label(work)}”", "behaviour": f"“{t.label(behaviour)}”"}


def who_sees(ground: Ground, t: Translator) -> Task:
    """Ask who may open one person's appraisal; the roles' rights answer."""
    allowed = frozenset(role for role, rights in RIGHTS.items() if Right.READ_PERSON in rights) - {Role.LOCAL}
    right = next(code for code, roles in LOOKERS.items() if roles == allowed)
    known = t(
        "{who}. Leaders see counts only, and none of groups under {least}. Every look at a person is written down with "
        "who looked and when.",
        who=t(SAID[right]),
        least=t.number(LEAST),
    )
    options = tuple(
        Option(code, t(words), known if code == right else _why_not(code, t)) for code, words in SAID.items()
    )
    return Task(
        "who_sees",
        t("Who may open the appraisal of one employee?"),
        t("The rights of each role decide; the page shows nothing else to anybody."),
        options,
        right,
        _people(ground),
    )


def _why_not(code: str, t: Translator) -> str:
    """Return why not these people; empty for the answer that holds now."""
    match code:
        case "leaders":
            return t("Leaders see how many persons have which predicate, and nothing of groups under {least}.",
                     least=t.number(LEAST))  # fmt: skip
        case "unit":
            return t("Figures of a unit and appraisals of persons are kept apart: whoever reports or plans sees none.")
        case "administrator":
            return t("The administrator says who may see what, and sees no person's record. The superior must see it.")
        case _:
            return t("Compare with the rights of the roles.")


def small_group(ground: Ground, t: Translator) -> Task:
    """Ask which units' breakdown is hidden; the rule that hides them answers."""
    counts = pd.DataFrame(PERSONS, index=["good", "needs_improvement"]).T
    found = suppress(counts)
    hidden = {*found.small, *found.complementary}
    answers = {
        "none": set[str](),
        "small": {SMALL},
        "two": {SMALL, MIDDLE},
        "all": {SMALL, MIDDLE, LARGE},
    }
    words = {
        "none": t("None: the counts name nobody"),
        "small": t("Only that of the unit with {n}", n=t.number(sum(PERSONS[SMALL]))),
        "two": t("That of the unit with {n}, and that of the unit with {m}", n=t.number(sum(PERSONS[SMALL])),
                 m=t.number(sum(PERSONS[MIDDLE]))),
        "all": t("All three"),
    }  # fmt: skip
    right = next(code for code, units in answers.items() if units == hidden)
    known = t(
        "Under {least} persons a count points at somebody. A second unit is hidden with it, for else the small one "
        "could be had by subtracting from the total.",
        least=t.number(LEAST),
    )
    wrong = {
        "none": t("A count of so few points at somebody: whoever knows the unit knows who is meant."),
        "small": t("Then it could be had all the same: the total less the two that are shown."),
        "two": t("Compare with the rule: as few are hidden as it takes."),
        "all": t("That hides more than it takes: the largest unit tells of nobody."),
    }
    options = tuple(Option(code, said, known if code == right else wrong[code]) for code, said in words.items())
    sizes = {name: t.number(sum(persons)) for name, persons in PERSONS.items()}
    return Task(
        "small_group",
        t(
            "Three units have {small}, {middle} and {large} appraised employees, and the total is shown. Whose "
            "breakdown by predicate is hidden?",
            **sizes,
        ),
        t("Small groups are hidden, and as much else as it takes that nobody can subtract them out."),
        options,
        right,
        _people(ground),
    )
