"""Every task is asked of the figures at hand, and what is right is what the figures say."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from kpi.access import RIGHTS, Access, Grant, Right, Role, allowed_snapshot
from kpi.i18n import Translator
from kpi.store.snapshot import Snapshot
from kpi.training import people_tasks
from kpi.training.task import Ground, Option, Task
from kpi.training.units_tasks import costliest, little_scored
from kpi.training.walks import PLANS, Kind, codes_of, first_walk, is_finished, task_of
from tests.kemuning import KEMUNING
from tests.training.conftest import ground_of

t = Translator("en")
EVERY = [(kind, number) for kind in Kind for number in range(1, len(PLANS[kind].builders) + 1)]


def asked(kind: Kind, number: int, ground: Ground, t: Translator = t) -> Task:
    task = task_of(kind, number, ground, t)
    assert task is not None
    return task


@pytest.mark.parametrize(("kind", "number"), EVERY)
def test_every_task_can_be_asked_of_the_demo_in_both_languages(demo_ground: Ground, kind: Kind, number: int):
    english, indonesian = (asked(kind, number, demo_ground, Translator(each)) for each in ("en", "id"))  # type: ignore[arg-type]

    assert english.right == indonesian.right
    assert english.code == codes_of(kind)[number - 1]
    assert {option.code for option in english.options} == {option.code for option in indonesian.options}
    assert english.question != indonesian.question
    assert all(option.feedback for option in english.options)


@pytest.mark.parametrize(("kind", "number"), EVERY)
def test_a_wrong_answer_teaches_something_else_than_the_right_one(demo_ground: Ground, kind: Kind, number: int):
    task = asked(kind, number, demo_ground)
    right = task.option(task.right)
    others = [option.feedback for option in task.options if option.code != task.right]

    assert right is not None
    if task.code != "told_apart":  # there the same sentence explains either answer
        assert right.feedback not in others


def test_no_place_gives_the_right_answer_away(demo_ground: Ground):
    tasks = [asked(kind, number, demo_ground) for kind, number in EVERY]
    places = {[option.code for option in task.options].index(task.right) for task in tasks}

    assert len(places) >= 3


def test_the_costliest_unit_is_the_one_with_the_largest_weighted_loss(demo_ground: Ground):
    """Recalculated from the published indices of the quarter before and the declared weights."""
    period = demo_ground.selection.period.shifted(-1)
    snapshot, root = demo_ground.snapshot, demo_ground.root
    units = snapshot.units(root)
    below = units[units["parent_code"] == root]
    index = snapshot.unit_index(
        root, unit_codes=list(below["unit_code"]), grain=period.grain, first=period.end, last=period.end, to_date=False
    )
    both = below.merge(index[["unit_code", "index"]], on="unit_code")
    losses = both["weight_in_parent"].astype(float) * (1 - both["index"])
    task = costliest(demo_ground, t)

    assert task is not None
    assert task.right == both["unit_code"].iloc[int(np.argmax(losses))]
    assert task.way is not None
    assert task.way.choices["period"] == period.code


def test_another_period_has_another_right_answer_where_the_figures_say_so(town_ground: Ground):
    """2026-Q2 of the town: PKM_A and the others; the answer follows the figures, no text."""
    now = costliest(town_ground, t)
    later = replace(
        town_ground, selection=replace(town_ground.selection, period=town_ground.selection.period.shifted(1))
    )
    after = costliest(later, t)

    assert after is not None
    assert after.right == "DPU"  # 1 of 4 weights × (1 − 0.5), by the town's own page
    assert now is None or now.question != after.question


def test_the_least_scored_unit_is_the_one_whose_coverage_is_least(town_ground: Ground):
    task = little_scored(town_ground, t)

    assert task is not None
    assert task.right == "DPU"  # coverage 0.25
    option = task.option("DPU")
    assert option is not None
    assert "25%" in option.feedback
    assert "no rating" in option.feedback


@pytest.mark.parametrize(("kind", "number"), EVERY)
def test_figures_that_allow_no_question_ask_none_instead_of_failing(town_ground: Ground, kind: Kind, number: int):
    task = task_of(kind, number, town_ground, t)

    assert task is None or task.right in {option.code for option in task.options}


def test_the_right_answer_on_who_sees_follows_the_rights(demo_ground: Ground, monkeypatch: pytest.MonkeyPatch):
    assert people_tasks.who_sees(demo_ground, t).right == "named"

    changed = {**RIGHTS, Role.LEADERSHIP: RIGHTS[Role.LEADERSHIP] | {Right.READ_PERSON}}
    monkeypatch.setattr(people_tasks, "RIGHTS", changed)

    assert people_tasks.who_sees(demo_ground, t).right == "leaders"


PEOPLE_TASKS = (people_tasks.the_predicate, people_tasks.who_sees, people_tasks.small_group)


@pytest.mark.parametrize("builder", PEOPLE_TASKS)
@pytest.mark.parametrize(
    ("role", "part"),
    [(Role.LEADERSHIP, "unit"), (Role.SUPERIOR, "unit"), (Role.EMPLOYEE, "person"), (Role.OFFICER, None)],
)
def test_a_task_about_people_leads_to_the_part_of_their_page_that_one_may_see(kemuning_store, builder, role, part):
    access = Access("x", "x", (Grant(role, KEMUNING, employee_code="P1"),))
    ground = ground_of(allowed_snapshot(kemuning_store, Snapshot.open(kemuning_store), access))
    way = builder(ground, t).way

    assert (way and (way.page, way.choices["people"])) == (part and ("pages/people.py", part))


@pytest.mark.parametrize(
    ("roles", "kind"),
    [
        ([Role.OFFICER], Kind.OFFICER),
        ([Role.PLANNER, Role.SUPERIOR], Kind.PLANNER),
        ([Role.ADMINISTRATOR, Role.EMPLOYEE], Kind.EMPLOYEE),
        ([Role.LOCAL], Kind.LEADER),
        ([], Kind.LEADER),
    ],
)
def test_the_walk_of_ones_own_role_opens_first(roles: list[Role], kind: Kind):
    assert first_walk(roles) is kind


def test_a_task_without_its_right_answer_is_refused():
    with pytest.raises(ValueError, match="right one"):
        Task("x", "?", "", (Option("a", "A", "."), Option("b", "B", ".")), "c")


def test_a_walk_is_finished_when_all_its_tasks_are_solved():
    codes = codes_of(Kind.OFFICER)

    assert not is_finished(Kind.OFFICER, codes[:-1])
    assert is_finished(Kind.OFFICER, codes)


def test_no_closed_list_of_the_walks_lacks_a_plan():
    assert set(PLANS) == set(Kind)
