"""The explanations beside the charts of people reckon one of their own marks out; the expected numbers are by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpi.access import LOCAL, allowed_people, allowed_snapshot
from kpi.i18n import Translator
from kpi.scoring.profile import load_profile
from kpi.store.snapshot import Snapshot
from kpi.views import people_numbers as numbers
from kpi.views.people import UnitPeople, rounds, unit_people
from kpi.views.person import person
from tests.people_town import TOWN
from tests.views.test_person import QUARTER

PROFILE = load_profile("kmk")
english, indonesian = Translator("en"), Translator("id")


def of_unit(store: Path, unit: str) -> UnitPeople:
    snapshot, people = allowed_snapshot(store, Snapshot.open(store), LOCAL), allowed_people(store, LOCAL)
    return unit_people(people, snapshot, TOWN, rounds(people, TOWN)[0], unit)


def test_the_fullest_cell_is_counted(people_store):
    """Education: ● ● ● ● ● ◐ ▼."""
    assert numbers.work_and_behaviour(of_unit(people_store, "DISDIK").whole, english) == (
        "5 of 7 persons stand in the fullest cell: work result “As expected” and behaviour “As expected”, from which "
        "● Good follows."
    )


def test_a_share_is_reckoned_out_and_held_against_the_pattern(people_store):
    said = numbers.pattern(of_unit(people_store, "DISDIK").whole, english)

    assert "★ Very good: 0 of 7, that is 0 ÷ 7 = 0%." in said
    assert "is judged" in said
    assert said.endswith("Pattern: at most 70%.")


def test_a_unit_without_a_predicate_of_its_own_has_its_largest_share_reckoned_out(people_store):
    said = numbers.pattern(of_unit(people_store, "DPU").whole, english)

    assert said == "● Good: 4 of 6, that is 4 ÷ 6 = 67%."


@pytest.mark.parametrize("unit", ["PKM_A", "PKM_B"])
def test_nothing_is_counted_of_a_hidden_group(people_store, unit):
    group = of_unit(people_store, unit).whole

    assert group.hidden is not None
    assert numbers.work_and_behaviour(group, english) == numbers.pattern(group, english) == ""


def test_a_persons_indicator_and_appraisal_are_reckoned_out(people_store):
    people, snapshot = (
        allowed_people(people_store, LOCAL),
        allowed_snapshot(people_store, Snapshot.open(people_store), LOCAL),
    )
    of = person(people, snapshot, QUARTER, "A1", PROFILE)
    said, judged = numbers.individual(of.expected, PROFILE, english), numbers.appraisals(of, 1, english)

    assert " against " in said
    assert " gives " in said
    assert "work result “Above expectation” and behaviour “Above expectation” give ★ Very good." in judged
    assert numbers.appraisals(of, 1, indonesian) != judged
