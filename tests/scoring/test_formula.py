"""The formula language: what is written is what is calculated."""

import numpy as np
import pytest

from kpi.model import Polarity
from kpi.scoring.formula import FORMULAS, TargetSign, evaluate, symbols


@pytest.mark.parametrize(
    ("code", "numbers", "expected"),
    [
        pytest.param("share_of_target", {"R": 9, "T": 10}, 0.9, id="nine of ten"),
        pytest.param("mirrored_share", {"R": -11, "T": -10}, 0.9, id="a negative target missed by a tenth"),
        pytest.param("twice_target_less_value", {"R": 12, "T": 10}, 0.8, id="over a limit to stay under"),
        pytest.param("target_over_value", {"R": 186, "T": 162}, 162 / 186, id="limit over value"),
        pytest.param("share_from_worst", {"R": 4, "W": 10}, 0.6, id="four of a worst ten"),
        pytest.param("nearness", {"R": 96, "T": 100}, 0.96, id="four below"),
        pytest.param("folded_share", {"R": 102, "T": 100}, 0.98, id="two above, folded back"),
        pytest.param("inside_range", {}, 1.0, id="inside its range"),
    ],
)
def test_each_formula_gives_its_worked_example(code, numbers, expected):
    formula = next(formula for formula in FORMULAS if formula.code == code)
    assert evaluate(formula.expression, numbers) == pytest.approx(expected)


def test_every_formula_has_a_worked_example_and_states_where_it_may_stand():
    assert len(FORMULAS) == 8
    assert all(formula.serves for formula in FORMULAS if formula.code != "inside_range")


@pytest.mark.parametrize("formula", [formula for formula in FORMULAS if formula.serves], ids=lambda f: f.code)
def test_a_formula_serves_only_where_a_better_value_scores_no_lower(formula):
    for polarity, sign in formula.serves:
        target = {TargetSign.POSITIVE: 10.0, TargetSign.NEGATIVE: -10.0, TargetSign.ZERO: 0.0}[sign]
        value = np.linspace(0.5, target, 50) if polarity is Polarity.STABILIZE else np.linspace(0.5, 30, 50)
        found = evaluate(formula.expression, {"R": value, "T": target, "W": 40.0})
        worsens = polarity is Polarity.MINIMIZE
        assert (np.diff(found) <= 0).all() if worsens else (np.diff(found) >= 0).all()


def test_an_expression_gives_the_same_for_a_column_as_for_each_figure():
    value, target = np.array([1.1, 2.3, 1e9]), np.array([3.0, 0.7, 1e-3])
    for formula in FORMULAS[:4]:
        column = evaluate(formula.expression, {"R": value, "T": target})
        single = [evaluate(formula.expression, {"R": r, "T": t}) for r, t in zip(value, target, strict=True)]
        assert column.tolist() == [float(number) for number in single]


def test_symbols_stand_in_the_order_of_the_text():
    assert symbols("(2 * T - R) / T") == ("T", "R")
    assert symbols("minimum(R / T, 2 - R / T)") == ("R", "T")


@pytest.mark.parametrize("expression", ["R ** T", "R if T else 1", "print(R)", "R.real", "'text'"])
def test_the_language_has_nothing_but_arithmetic(expression):
    with pytest.raises((ValueError, KeyError)):
        evaluate(expression, {"R": 1.0, "T": 1.0})


def test_a_symbol_without_a_number_is_an_error():
    with pytest.raises(KeyError):
        evaluate("R / T", {"R": 1.0})
