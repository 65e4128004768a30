"""A unit's people as counts: right, and telling of no group of fewer than five."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from scipy.optimize import linprog

from kpi.access import LOCAL, AllowedPeople, AllowedSnapshot, allowed_people, allowed_snapshot
from kpi.appraisal.suppression import LEAST
from kpi.appraisal.suppression_tree import Hidden
from kpi.charts.people import distribution
from kpi.demo.definitions import definitions
from kpi.demo.people import make_people as make_demo_people
from kpi.errors import AccessRefused, UnknownCode
from kpi.i18n import MISSING, Translator
from kpi.people_model import AppraisalKind, Level, OrganisationPredicate, Predicate
from kpi.store.people.publish import publish_people
from kpi.store.publish import publish
from kpi.store.record import FIGURES, BatchHeader, Record
from kpi.store.snapshot import Snapshot
from kpi.views import people_words as words
from kpi.views.people import CELLS, Group, Round, UnitPeople, rounds, unit_people, units_with_people
from tests.charts.validated import validated
from tests.kemuning import KEMUNING, TODAY
from tests.people_town import ADMINISTRATOR, HEAD, LEADER, TOWN

QUARTER = Round(AppraisalKind.PERIODIC, date(2026, 7, 1), date(2026, 9, 30))
indonesian = Translator("id")
Doors = tuple[AllowedPeople, AllowedSnapshot]


def doors(store: Path, access=LOCAL) -> Doors:
    return allowed_people(store, access), allowed_snapshot(store, Snapshot.open(store), access)


def seen(store: Path, unit: str, access=LOCAL) -> UnitPeople:
    return unit_people(*doors(store, access), TOWN, QUARTER, unit)


def part(view: UnitPeople, unit: str) -> Group:
    return next(group for group in view.parts if group.unit.unit_code == unit)


def test_the_rounds_are_those_that_were_entered_the_newest_first(people_store):
    found = rounds(allowed_people(people_store, LOCAL), TOWN)

    assert [each.code for each in found] == ["periodic-2026-09-30", "periodic-2026-06-30", "periodic-2026-03-31"]
    assert found[0] == QUARTER


def test_a_unit_counts_its_persons_with_all_below_it(people_store):
    view = seen(people_store, TOWN)

    assert view.whole.persons == 25
    assert view.whole.predicates == {
        Predicate.VERY_GOOD: 4,
        Predicate.GOOD: 15,
        Predicate.NEEDS_IMPROVEMENT: 5,
        Predicate.POOR: 1,
        Predicate.VERY_POOR: 0,
    }
    assert view.whole.cells[Level.AS_EXPECTED, Level.BELOW] == 1
    assert sum(view.whole.cells.values()) == 25
    assert [(group.unit.unit_code, group.persons, group.is_own) for group in view.parts] == [
        (TOWN, 0, True),
        ("DINKES", 12, False),
        ("DISDIK", 7, False),
        ("DPU", 6, False),
    ]


def test_a_small_group_is_not_broken_down_nor_is_what_it_could_be_subtracted_from(people_store):
    view = seen(people_store, "DINKES")

    assert view.whole.hidden is None
    assert view.whole.predicates[Predicate.VERY_GOOD] == 3
    hidden = {(group.unit.unit_code, group.is_own): group.hidden for group in view.parts}
    assert hidden == {
        ("DINKES", True): Hidden.SMALL,
        ("PKM_A", False): Hidden.COMPLEMENTARY,
        ("PKM_B", False): Hidden.SMALL,
    }
    for group in view.parts:
        assert (group.cells, group.predicates, group.check) == ({}, {}, None)
    assert part(view, "PKM_B").persons == 3


def test_a_hidden_unit_opened_by_itself_shows_no_more(people_store):
    for unit in ("PKM_A", "PKM_B"):
        view = seen(people_store, unit)

        assert view.whole.hidden is not None
        assert view.whole.predicates == {}


def test_what_is_drawn_and_said_of_a_hidden_group_is_that_it_is_hidden(people_store):
    table = words.parts_table(seen(people_store, "DINKES"), indonesian)

    assert set(table.loc[:, ["Sangat Baik", "Baik", "Butuh Perbaikan", "Kurang", "Sangat Kurang"]].stack()) == {MISSING}
    assert all("tidak dirinci" in said for said in table["Pola"])
    assert "tidak dirinci" in words.sentence(seen(people_store, "PKM_B"), 1, indonesian)


def test_a_breach_of_the_pattern_is_said_with_its_mark(people_store):
    view = seen(people_store, "DISDIK")

    assert view.whole.predicate is OrganisationPredicate.EXCELLENT
    assert view.breaches == (view.whole,)
    said = words.pattern_said(view.whole, indonesian)
    assert "⚠" in said
    assert "[S]" in said or "[D]" in said
    assert "DISDIK" not in said
    assert seen(people_store, TOWN).breaches == (part(seen(people_store, TOWN), "DISDIK"),)


def test_the_bars_are_the_predicates_and_where_the_pattern_draws_a_line(people_store):
    bars = words.bars(seen(people_store, "DISDIK").whole, indonesian, "light")
    figure = validated(distribution(bars, "id", "light"))

    assert bars["share"].sum() == pytest.approx(1.0)
    assert list(bars["text"])[1] == "5 (71%)"
    assert figure["data"][0]["x"] == pytest.approx([0, 500 / 7, 100 / 7, 100 / 7, 0])
    bars_drawn, counts, *patterns = figure["data"]
    assert list(counts["y"]) == list(bars_drawn["y"])
    assert [(list(trace["y"]), list(trace["x"])) for trace in patterns] == [(["★ Sangat Baik"], [70.0])]


def test_follow_ups_are_counted_by_how_far_they_have_come_and_hidden_by_persons(people_store):
    view = seen(people_store, TOWN)

    assert view.whole.progress == {"planned": 1, "under_way": 0, "overdue": 1, "done": 0, "dropped": 0}
    assert words.progress_said(view, indonesian).startswith("Tindak lanjut")
    assert part(seen(people_store, "DINKES"), "PKM_B").progress is None


def test_units_are_offered_where_people_are_and_the_reader_may_see_summaries(people_store):
    assert units_with_people(*doors(people_store), TOWN)["unit_code"].tolist() == [
        TOWN, "DINKES", "DISDIK", "DPU", "PKM_A", "PKM_B",
    ]  # fmt: skip
    assert units_with_people(*doors(people_store, HEAD), TOWN)["unit_code"].tolist() == ["DINKES", "PKM_A", "PKM_B"]


def test_all_readers_see_the_same_counts_or_none(people_store):
    assert seen(people_store, TOWN, LEADER) == seen(people_store, TOWN)
    assert seen(people_store, "DINKES", HEAD) == seen(people_store, "DINKES")
    for access, unit in ((HEAD, "DISDIK"), (HEAD, TOWN), (ADMINISTRATOR, TOWN)):
        with pytest.raises(AccessRefused):
            seen(people_store, unit, access)


def test_an_unknown_unit_is_named_in_the_error(people_store):
    with pytest.raises(UnknownCode, match="DINKESS"):
        seen(people_store, "DINKESS")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Doors:
    """The demo's people and units, without its figures."""
    store = tmp_path_factory.mktemp("demo")
    with Record.opened(store, writing=True) as record:
        record.append(
            BatchHeader(KEMUNING, made_by="test", file_name="units.csv"), definitions(), FIGURES.empty_table()
        )
    publish(store, today=TODAY)
    make_demo_people(store)
    publish_people(store, today=TODAY)
    return doors(store)


def _all_views(demo: Doors, of: Round) -> dict[str, UnitPeople]:
    people, snapshot = demo
    codes = units_with_people(people, snapshot, KEMUNING)["unit_code"].astype(str)
    return {code: unit_people(people, snapshot, KEMUNING, of, code) for code in codes}


def _equations(views: Iterable[UnitPeople], leaves: dict[str, int]) -> tuple[list[np.ndarray], list[float]]:
    """What every screen together tells: a line per group and cell where it is shown, and per group its persons."""
    lines, values = [], []
    for view in views:
        for group in (view.whole, *view.parts):
            here = leaves_of(group, views)
            for place, cell in enumerate(CELLS):
                if group.hidden is None:
                    lines.append(_line(leaves, here, [place]))
                    values.append(float(group.cells[cell]))
            lines.append(_line(leaves, here, range(len(CELLS))))
            values.append(float(group.persons))
    return lines, values


def _line(leaves: dict[str, int], here: set[str], places: Iterable[int]) -> np.ndarray:
    line = np.zeros(len(leaves) * len(CELLS))
    for leaf in here:
        for place in places:
            line[leaves[leaf] * len(CELLS) + place] = 1
    return line


def leaves_of(group: Group, views: Iterable[UnitPeople]) -> set[str]:
    """The units whose own persons make a group."""
    code = group.unit.unit_code
    view = next(each for each in views if each.whole.unit.unit_code == code)
    if group.is_own or not view.parts:
        return {code}
    return {code}.union(*(leaves_of(part, views) for part in view.parts if not part.is_own))


def test_all_screens_of_the_demo_together_tell_nothing_of_a_group_of_fewer_than_five(demo):
    newest = rounds(demo[0], KEMUNING)[0]
    views = list(_all_views(demo, newest).values())
    leaves = {view.whole.unit.unit_code: place for place, view in enumerate(views)}
    lines, values = _equations(views, leaves)
    small = [
        group
        for view in views
        for group in (view.whole, *view.parts)
        if 0 < group.persons < LEAST and len(leaves_of(group, views)) == 1
    ]

    assert small
    for group in {each.unit.unit_code: each for each in small}.values():
        assert group.hidden is not None
        start = leaves[group.unit.unit_code] * len(CELLS)
        around = [g for view in views for g in (view.whole, *view.parts) if group.unit.unit_code in leaves_of(g, views)]
        for place, cell in enumerate(CELLS):
            # that nobody of a shown whole is in a cell is said by the whole
            if all(each.cells[cell] for each in around if each.hidden is None):
                goal = np.zeros(len(leaves) * len(CELLS))
                goal[start + place] = 1
                ends = [
                    linprog(sign * goal, A_eq=np.array(lines), b_eq=values, bounds=(0, None), method="highs")
                    for sign in (1, -1)
                ]
                assert -ends[1].fun - ends[0].fun > 0.5, (group.unit.unit_code, cell)
