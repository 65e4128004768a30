"""The predicate follows from two judgements, and from nothing else."""

from __future__ import annotations

import inspect
from importlib import import_module
from pathlib import Path

import pandas as pd
import pytest

import kpi.appraisal
from kpi.appraisal.predicate import MATRIX, predicate, predicates, rank
from kpi.people_model import Level, Predicate

ABOVE, AS_EXPECTED, BELOW = Level


@pytest.mark.parametrize(
    ("work_result", "behaviour", "expected"),
    [
        (ABOVE, BELOW, "poor"),
        (ABOVE, AS_EXPECTED, "good"),
        (ABOVE, ABOVE, "very_good"),
        (AS_EXPECTED, BELOW, "poor"),
        (AS_EXPECTED, AS_EXPECTED, "good"),
        (AS_EXPECTED, ABOVE, "good"),
        (BELOW, BELOW, "very_poor"),
        (BELOW, AS_EXPECTED, "needs_improvement"),
        (BELOW, ABOVE, "needs_improvement"),
    ],
)
def test_the_matrix_as_the_rule_prints_it(work_result, behaviour, expected):
    assert predicate(work_result, behaviour) == expected


def test_columns_give_the_same_as_one_at_a_time_with_their_own_index():
    cells = pd.DataFrame([(work.value, how.value) for work, how in MATRIX], columns=["w", "b"], index=range(10, 19))

    found = predicates(cells.w, cells.b)

    assert found.index.equals(cells.index)
    assert found.tolist() == [MATRIX[Level(w), Level(b)].value for w, b in zip(cells.w, cells.b, strict=True)]


def test_better_behaviour_or_work_never_gives_a_worse_predicate():
    place = {word: number for number, word in enumerate(Predicate)}
    for better, worse in zip(Level, list(Level)[1:], strict=False):
        for other in Level:
            assert place[predicate(better, other)] <= place[predicate(worse, other)]
            assert place[predicate(other, better)] <= place[predicate(other, worse)]


@pytest.mark.parametrize("column", [["above", "high"], ["above", None]])
def test_an_unknown_or_missing_level_is_refused(column):
    with pytest.raises(ValueError, match="is no level"):
        predicates(pd.Series(column, dtype="str"), pd.Series(["above", "above"]))
    with pytest.raises(ValueError, match="is no predicate"):
        rank(pd.Series(column, dtype="str"))


def test_no_function_makes_a_predicate_from_an_achievement():
    modules = [import_module(f"kpi.appraisal.{path.stem}") for path in Path(kpi.appraisal.__path__[0]).glob("*.py")]
    for module in modules:
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if "predicate" in name and function.__module__ == module.__name__:
                taken = set(inspect.signature(function).parameters)
                assert not taken & {"achievement", "index", "value", "target", "scores", "indicator_scores"}, name
    assert set(inspect.signature(predicates).parameters) == {"work_result", "behaviour"}
