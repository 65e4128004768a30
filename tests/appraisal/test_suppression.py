"""No small group's breakdown can be worked out from what is shown. A linear program is the slow second opinion."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from kpi.appraisal.suppression import LEAST, suppress
from kpi.appraisal.suppression_tree import Hidden, suppress_tree

CATEGORIES = ["good", "fair", "poor"]


def table(*rows: tuple[int, ...]) -> pd.DataFrame:
    names = [chr(ord("A") + place) for place in range(len(rows))]
    return pd.DataFrame(list(rows), index=names, columns=CATEGORIES[: len(rows[0])])


def known_range(goal: np.ndarray, equations: list[np.ndarray], values: list[float]) -> tuple[float, float]:
    """The least and the most that `goal` can be for anybody who knows the equations and that nobody is negative."""
    ends = [
        linprog(sign * goal, A_eq=np.array(equations), b_eq=values, bounds=(0, None), method="highs").fun * sign
        for sign in (1, -1)
    ]
    return ends[0], ends[1]


def test_a_table_without_small_groups_is_shown_whole():
    given_counts = table((3, 2, 0), (0, 9, 1))
    shown = suppress(given_counts)

    assert shown.counts.equals(given_counts.astype(float))
    assert shown.totals is not None
    assert shown.small == shown.complementary == ()


def test_a_small_group_takes_the_smallest_group_with_it_that_covers_it():
    shown = suppress(table((2, 1, 1), (20, 20, 20), (3, 2, 1), (30, 30, 30)))

    assert (shown.small, shown.complementary) == (("A",), ("C",))
    assert shown.counts.loc["A"].isna().all()
    assert shown.counts.loc["B"].tolist() == [20, 20, 20]
    assert shown.sizes.tolist() == [4, 60, 6, 90]
    assert shown.totals is not None
    assert shown.totals.tolist() == [55, 53, 52]


def test_two_small_groups_hide_each_other_when_they_are_enough():
    shown = suppress(table((2, 1, 1), (1, 1, 1), (9, 9, 9)))

    assert (shown.small, shown.complementary) == (("A", "B"), ())


def test_where_all_are_in_one_category_not_even_the_total_is_shown():
    shown = suppress(table((4, 0, 0), (20, 0, 0)))

    assert shown.totals is None
    assert shown.counts.loc["B"].tolist() == [20, 0, 0]


def test_where_all_are_in_one_coarser_category_not_even_the_total_is_shown():
    shown = suppress(table((2, 2, 0), (9, 9, 0)), coarser={"good": "fine", "fair": "fine", "poor": "bad"})

    assert shown.totals is None


def test_a_table_of_fewer_than_five_persons_shows_nothing():
    shown = suppress(table((2, 1, 0), (0, 1, 0)))

    assert shown.totals is None
    assert shown.counts.isna().all(axis=None)


@pytest.mark.parametrize("size", [LEAST - 1, LEAST])
def test_five_is_no_small_group_and_four_is(size):
    shown = suppress(table((size, 0, 0), (9, 9, 9)))

    assert (shown.small == ("A",)) == (size < LEAST)


cells = st.integers(0, 3) | st.integers(0, 12)
tables = st.integers(1, 6).flatmap(
    lambda rows: st.lists(st.tuples(cells, cells, cells), min_size=rows, max_size=rows).map(lambda got: table(*got))
)


@settings(max_examples=60, deadline=None)
@given(counts=tables)
def test_nobody_can_work_out_a_hidden_number_of_a_small_group(counts):
    shown = suppress(counts)
    width = len(CATEGORIES)
    hidden = [*shown.small, *shown.complementary]
    if not hidden:
        return
    place = {group: number * width for number, group in enumerate(hidden)}
    equations, values = [], []
    for group in hidden:
        line = np.zeros(len(hidden) * width)
        line[place[group] : place[group] + width] = 1
        equations.append(line)
        values.append(float(shown.sizes[group]))
    if shown.totals is not None:
        for number, category in enumerate(CATEGORIES):
            line = np.zeros(len(hidden) * width)
            line[number::width] = 1
            equations.append(line)
            values.append(float(shown.totals[category] - np.nansum(shown.counts[category])))
    for group in shown.small:
        for number, category in enumerate(CATEGORIES):
            if shown.totals is not None and shown.totals[category] == 0:
                continue  # that nobody at all is there is said by the whole
            goal = np.zeros(len(hidden) * width)
            goal[place[group] + number] = 1
            low, high = known_range(goal, equations, values)
            assert high - low > 0.5, (group, category, low, high)


@settings(max_examples=40, deadline=None)
@given(counts=tables)
def test_no_smaller_set_of_larger_groups_would_do(counts):
    shown = suppress(counts)
    if shown.totals is None or not shown.complementary:
        return
    persons = shown.sizes[list(shown.complementary)].sum()
    others = [group for group in counts.index if group not in shown.small and counts.loc[group].sum() > 0]
    occurring = counts.loc[:, counts.sum() > 0]
    for chosen in range(1 << len(others)):
        added = [group for bit, group in enumerate(others) if chosen >> bit & 1]
        pool = occurring.loc[[*shown.small, *added]]
        if (pool.sum() > 0).all() and len(pool) > 1 and pool.to_numpy().sum() >= LEAST:
            assert shown.sizes[added].sum() >= persons


@st.composite
def trees(draw: st.DrawFn) -> tuple[pd.DataFrame, dict[str, str | None]]:
    count = draw(st.integers(2, 7))
    parents: dict[str, str | None] = {"U0": None}
    for number in range(1, count):
        parents[f"U{number}"] = f"U{draw(st.integers(0, number - 1))}"
    rows = draw(st.lists(st.tuples(cells, cells, cells), min_size=count, max_size=count))
    return pd.DataFrame(rows, index=list(parents), columns=CATEGORIES), parents


COARSER = {"good": "fine", "fair": "fine", "poor": "bad"}


@settings(max_examples=60, deadline=None)
@given(tree=trees(), coarser=st.sampled_from([None, COARSER]))
def test_nobody_can_work_out_a_small_group_from_all_tables_of_the_tree_together(tree, coarser):
    own, parents = tree
    found = suppress_tree(own, parents, coarser=coarser)
    units = list(parents)
    below = {unit: [other for other in units if unit in path(other, parents)] for unit in units}
    width = len(CATEGORIES)

    def line(members: list[str], categories: list[int]) -> np.ndarray:
        made = np.zeros((len(units), width))
        made[np.ix_([units.index(member) for member in members], categories)] = 1
        return made.ravel()

    def persons(members: list[str], categories: list[int]) -> float:
        return float(own.loc[members].iloc[:, categories].to_numpy().sum())

    everything = list(range(width))
    shown = [below[unit] for unit in units if found.whole[unit] is None]
    shown += [[unit] for unit in units if found.own[unit] is None]
    known = [([unit], everything) for unit in units] + [(members, [each]) for members in shown for each in everything]
    equations, values = [line(*each) for each in known], [persons(*each) for each in known]
    asked = [[each] for each in everything] + ([[0, 1]] if coarser else [])
    for members in [*below.values(), *([unit] for unit in units)]:
        if not 0 < persons(members, everything) < LEAST:
            continue
        around = [group for group in shown if set(members) <= set(group)]
        for categories in asked:
            if any(persons(group, categories) == 0 for group in around):
                continue  # that nobody at all is there is said by the whole
            low, high = known_range(line(members, categories), equations, values)
            assert high - low > 0.5, (members, categories, low, high)


def path(unit: str, parents: dict[str, str | None]) -> list[str]:
    """The unit and all above it."""
    above = parents[unit]
    return [unit] if above is None else [unit, *path(above, parents)]


def test_a_group_hidden_in_one_table_is_hidden_in_all_below():
    own = pd.DataFrame([(9, 9, 9), (2, 1, 0), (1, 1, 1), (4, 4, 4), (9, 9, 9)], index=list("RABCD"), columns=CATEGORIES)
    found = suppress_tree(own, {"R": None, "A": "R", "B": "R", "C": "B", "D": "R"})

    assert found.whole == {"R": None, "A": Hidden.SMALL, "B": Hidden.COMPLEMENTARY, "C": Hidden.ABOVE, "D": None}
    assert found.own == {"R": None, "A": Hidden.ABOVE, "B": Hidden.ABOVE, "C": Hidden.ABOVE, "D": None}


def test_a_unit_that_would_give_its_small_part_away_is_hidden_itself():
    own = pd.DataFrame([(9, 9, 9), (9, 0, 0), (3, 0, 0), (9, 9, 9)], index=list("RABC"), columns=CATEGORIES)
    found = suppress_tree(own, {"R": None, "A": "R", "B": "A", "C": "R"})

    assert found.whole["A"] is Hidden.SMALL
    assert found.whole["B"] is Hidden.ABOVE


def test_where_something_else_is_counted_the_persons_say_which_group_is_small():
    counts = table((6, 0, 1), (4, 4, 4), (0, 1, 2))
    shown = suppress(counts, sizes=pd.Series([3, 20, 30], index=list("ABC")))

    assert shown.small == ("A",)
    assert shown.complementary == ("B",)
    assert shown.sizes.tolist() == [3, 20, 30]


@settings(max_examples=60, deadline=None)
@given(tree=trees(), heads=st.lists(st.integers(0, 9), min_size=7, max_size=7))
def test_nobody_can_work_out_what_is_counted_of_a_small_group_of_persons(tree, heads):
    own, parents = tree
    units = list(parents)
    sizes = pd.Series(np.maximum(heads[: len(units)], own.sum(axis=1) > 0), index=units)
    found = suppress_tree(own, parents, sizes=sizes)
    below = {unit: [other for other in units if unit in path(other, parents)] for unit in units}
    shown = [below[unit] for unit in units if found.whole[unit] is None]
    shown += [[unit] for unit in units if found.own[unit] is None]
    small = [members for members in (*below.values(), *([unit] for unit in units)) if 0 < sizes[members].sum() < LEAST]

    for category in CATEGORIES:
        equations = [np.isin(units, members).astype(float) for members in shown]
        values = [float(own.loc[members, category].sum()) for members in shown]
        for members in small:
            around = [group for group in shown if set(members) <= set(group)]
            if any(own.loc[group, category].sum() == 0 for group in around):
                continue  # that nothing at all is there is said by the whole
            goal = np.isin(units, members).astype(float)
            if not equations:
                continue
            low, high = bounded(goal, equations, values)
            assert high - low > 0.5, (members, category, low, high)


def bounded(goal: np.ndarray, equations: list[np.ndarray], values: list[float]) -> tuple[float, float]:
    """As `known_range`, where nothing bounds a number from above: nobody knows how much there is in all."""
    least = linprog(goal, A_eq=np.array(equations), b_eq=values, bounds=(0, None), method="highs")
    most = linprog(-goal, A_eq=np.array(equations), b_eq=values, bounds=(0, None), method="highs")
    return least.fun, np.inf if most.status == 3 else -most.fun
