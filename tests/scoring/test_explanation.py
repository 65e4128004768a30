"""Explanations: evaluating the steps gives the score; what they say can be translated."""

import string

import pandas as pd
import pytest
from hypothesis import given

from kpi.model import Polarity, Reason
from kpi.scoring import messages
from kpi.scoring.explanation import FigureInputs, StepKind, evaluate, explain, written
from kpi.scoring.profile import load_profile
from kpi.scoring.table import score_table
from tests.scoring.strategies import figures, frame_of, profiles

KMK = load_profile("kmk")


def kinds(explanation) -> list[str]:
    return [step.kind.value for step in explanation.steps]


@given(figure=figures(), profile=profiles)
def test_evaluating_the_explanation_gives_the_score(figure, profile):
    profile = load_profile(profile)
    found = score_table(frame_of([figure]), profile).iloc[0]
    explanation = explain(FigureInputs.of_row(figure), profile)
    for name in ("achievement", "index", "rating", "reason"):
        wanted = found[name]
        assert getattr(explanation, name) == (None if pd.isna(wanted) else wanted)
    assert evaluate(explanation) == explanation.index


@given(figure=figures(), profile=profiles)
def test_each_step_says_only_what_can_be_put_in(figure, profile):
    for step in explain(FigureInputs.of_row(figure), load_profile(profile)).steps:
        assert step.message in messages.MESSAGES
        assert set(placeholders(step.message)) <= set(step.parameters) <= set(messages.PARAMETERS)


def test_a_stabilized_figure_is_explained_step_by_step_with_numbers_and_sources():
    figure = FigureInputs(96.0, 100.0, Polarity.STABILIZE, conversion_scale="0:0;90:100;100:120")
    explanation = explain(figure, KMK)
    assert kinds(explanation) == ["achievement", "conversion_scale", "rating"]
    first, second, last = explanation.steps
    assert first.numbers == {"R": 96.0, "T": 100.0}
    assert first.result == pytest.approx(0.96)
    assert (first.sources, first.mark) == (("S06", "S07"), "S")
    assert {name: second.numbers[name] for name in ("x0", "x1", "y0", "y1")} == {
        "x0": 0.9,
        "x1": 1.0,
        "y0": 1.0,
        "y1": 1.2,
    }
    assert last.parameters == {"percent": 112.0, "from_percent": 100.0, "band": "green"}
    assert explanation.profile_version == KMK.version


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        (FigureInputs(9.0, 10.0, Polarity.MAXIMIZE), ["achievement", "index", "rating"]),
        (FigureInputs(21.0, 10.0, Polarity.MINIMIZE), ["achievement", "index", "floor", "rating"]),
        (FigureInputs(0.01, 0.1, Polarity.MINIMIZE), ["achievement", "index", "cap", "rating"]),
        (FigureInputs(92.0, 80.0, Polarity.MAXIMIZE, 90.0), ["range", "achievement", "index", "rating"]),
        (FigureInputs(85.0, 80.0, Polarity.MAXIMIZE, 90.0), ["range", "achievement", "index", "rating"]),
        (FigureInputs(4.0, 4.0, Polarity.MAXIMIZE, None, None, True), ["achievement", "full_at_target", "rating"]),
        (FigureInputs(0.0, 0.0, Polarity.MINIMIZE, None, None, True), ["full_at_target", "rating"]),
        (FigureInputs(4.0, 0.0, Polarity.MINIMIZE, None, 10.0), ["achievement", "index", "rating"]),
        (FigureInputs(5.0, 5.0, Polarity.STABILIZE), ["achievement", "not_scored"]),
        (FigureInputs(None, 5.0, Polarity.MAXIMIZE), ["not_scored"]),
        (FigureInputs(1.0, 5.0, None), ["not_scored"]),
    ],
)
def test_cap_floor_and_range_are_told_only_where_they_acted(figure, expected):
    assert kinds(explain(figure, KMK)) == expected


def test_a_figure_that_is_not_scored_explains_its_reason():
    explanation = explain(FigureInputs(5.0, 0.0, Polarity.MAXIMIZE), KMK)
    assert explanation.reason is Reason.ZERO_TARGET
    assert explanation.index is None
    assert evaluate(explanation) is None
    assert explanation.steps[-1].message == messages.NOT_SCORED[Reason.ZERO_TARGET]


def test_an_expression_is_written_as_people_write_it():
    assert written("(2 * T - R) / T") == "(2 × T − R) ÷ T"
    assert written("(2 * T - R) / T", {"T": "10,0", "R": "12,5"}) == "(2 × 10,0 − 12,5) ÷ 10,0"
    assert written("minimum(R / T, 2 - R / T)", {"T": "1", "R": "-2"}) == "min(-2 ÷ 1, 2 − -2 ÷ 1)"


def test_a_range_that_ends_before_it_begins_is_an_error_here_too():
    with pytest.raises(ValueError, match="less than target"):
        explain(FigureInputs(1.0, 5.0, Polarity.MAXIMIZE, 4.0), KMK)


def test_every_reason_and_every_kind_of_step_has_words():
    assert set(messages.NOT_SCORED) == set(Reason)
    assert len(set(messages.MESSAGES)) == len(messages.MESSAGES)
    assert {kind.value for kind in StepKind} >= {"range", "achievement", "rating", "not_scored"}


def placeholders(message: str) -> list[str]:
    return [name for _, name, _, _ in string.Formatter().parse(message) if name]
