"""Achievement: the worked examples of docs/methodology.md, the published figures, and the reasons."""

import pandas as pd
import pytest

from kpi.model import Reason
from kpi.scoring.profile import load_profile
from kpi.scoring.table import score_table
from tests.scoring.strategies import frame_of

NOTHING = dict.fromkeys(("value", "target", "polarity", "target_high", "worst_value", "conversion_scale"))


def scored(profile: str, **figure: object) -> pd.Series:
    row = {**NOTHING, "is_full_at_target": False, "is_partial_sum": False, **figure}
    return score_table(frame_of([row]), load_profile(profile)).iloc[0]


def achieved(profile: str, polarity: str, target: float, value: float, **more: object) -> float:
    return float(scored(profile, value=value, target=target, polarity=polarity, **more)["achievement"])


@pytest.mark.parametrize(
    ("profile", "polarity", "target", "value", "percent"),
    [
        pytest.param("lkjip_a", "minimize", 32, 4.88, 184.75, id="S30 infant deaths, Lampung"),
        pytest.param("lkjip_a", "minimize", 24, 4.88, 179.67, id="S30 against the target of 2019"),
        pytest.param("lkjip_b", "minimize", 162, 186, 87.10, id="S33 maternal deaths, Manggarai Timur"),
        pytest.param("lkjip_b", "minimize", 9.20, 9.53, 96.54, id="S33 infant deaths"),
        pytest.param("lkjip_a", "minimize", 162, 186, 85.19, id="S33 under the other formula"),
        pytest.param("lkjip_a", "maximize", 95.25, 95.31, 100.06, id="S35 enrolment"),
        pytest.param("lkjip_a", "maximize", 101.51, 103.22, 101.68, id="S70 a gross rate with a target over 100"),
        pytest.param("lkjip_a", "maximize", 60000000, 0, 0.0, id="S36 nothing spent is zero, not missing"),
        pytest.param("kmk", "maximize", 4.39, 4.56, 103.87, id="S07 not the 114.26 in print"),
        pytest.param("kmk", "maximize", -10, -11, 90, id="S07 negative target"),
        pytest.param("kmk", "stabilize", 100, 102, 98, id="S07 folded back"),
        pytest.param("permenpan8", "maximize", 95, 93, 97.89, id="S04"),
    ],
)
def test_published_figures_come_out_as_published(profile, polarity, target, value, percent):
    assert achieved(profile, polarity, target, value) * 100 == pytest.approx(percent, abs=0.0101)


@pytest.mark.parametrize(
    ("polarity", "low", "high", "value", "percent"),
    [
        pytest.param("maximize", 80, 90, 92, 102.22, id="above, upper end divides"),
        pytest.param("maximize", 80, 90, 70, 87.5, id="below, lower end divides"),
        pytest.param("minimize", 7, 8, 6.5, 107.14, id="faster than the range"),
        pytest.param("minimize", 7, 8, 9, 87.5, id="slower than the range"),
        pytest.param("maximize", 80, 90, 80, 100, id="on the lower end"),
        pytest.param("maximize", 80, 90, 90, 100, id="on the upper end"),
        pytest.param("minimize", 7, 8, 7.9, 100, id="inside"),
    ],
)
def test_a_target_range_divides_by_its_nearer_end(polarity, low, high, value, percent):
    assert achieved("permenpan8", polarity, low, value, target_high=high) * 100 == pytest.approx(percent, abs=0.005)


@pytest.mark.parametrize("profile", ["kmk", "lkjip_a", "lkjip_b"])
def test_stabilize_is_full_inside_its_range_and_falls_off_on_both_sides(profile):
    inside, below, above = (achieved(profile, "stabilize", 80, value, target_high=100) for value in (93, 76, 105))
    assert (inside, below, above) == (1.0, pytest.approx(0.95), pytest.approx(0.95))


def test_the_formulas_of_the_two_lkjip_profiles_differ_for_minimize_alone():
    assert achieved("lkjip_a", "minimize", 10, 12) == pytest.approx(0.8)
    assert achieved("lkjip_b", "minimize", 10, 12) == pytest.approx(10 / 12)
    assert achieved("lkjip_a", "maximize", 10, 12) == achieved("lkjip_b", "maximize", 10, 12)


RANGE = {"target": -5, "target_high": 0}


@pytest.mark.parametrize(
    ("profile", "figure", "reason"),
    [
        ("kmk", {"polarity": "neutral"}, Reason.NEUTRAL),
        ("kmk", {"polarity": "neutral", "value": 1, "target": 0, "is_partial_sum": True}, Reason.NEUTRAL),
        ("kmk", {"value": None, "target": None}, Reason.DIRECTION_NOT_STATED),
        ("kmk", {"polarity": "maximize", "target": 1, "is_partial_sum": True}, Reason.NO_VALUE),
        ("kmk", {"polarity": "maximize"}, Reason.NO_VALUE),
        ("kmk", {"polarity": "maximize", "value": 0}, Reason.NO_TARGET),
        ("kmk", {"polarity": "maximize", "value": 0, "target_high": 5, "is_partial_sum": True}, Reason.NO_TARGET),
        ("permenpan8", {"polarity": "stabilize", "value": 1, "target": 1, "is_partial_sum": True}, Reason.PARTIAL_SUM),
        ("permenpan8", {"polarity": "stabilize", "value": 1, "target": -1}, Reason.NO_RULE_FOR_POLARITY),
        (
            "permenpan8",
            {"polarity": "stabilize", "value": 1, "target": 0, "target_high": 2},
            Reason.NO_RULE_FOR_POLARITY,
        ),
        ("kmk", {"polarity": "minimize", "value": -12, "target": -10}, Reason.NEGATIVE_TARGET),
        (
            "kmk",
            {"polarity": "minimize", "value": -12, "target": -10, "is_full_at_target": True},
            Reason.NEGATIVE_TARGET,
        ),
        ("kmk", {"polarity": "stabilize", "value": -12, "target": -10}, Reason.NEGATIVE_TARGET),
        ("lkjip_a", {"polarity": "maximize", "value": -12, "target": -10}, Reason.NEGATIVE_TARGET),
        ("lkjip_b", {"polarity": "minimize", "value": 0, "target": -10}, Reason.NEGATIVE_TARGET),
        ("kmk", {"polarity": "maximize", "value": 5, "target": 0}, Reason.ZERO_TARGET),
        ("kmk", {"polarity": "maximize", "value": 5, "target": 0, "is_full_at_target": True}, Reason.ZERO_TARGET),
        ("kmk", {"polarity": "minimize", "value": 5, "target": 0}, Reason.ZERO_TARGET),
        ("kmk", {"polarity": "minimize", "value": 5, "target": 0, "worst_value": 0}, Reason.ZERO_TARGET),
        ("kmk", {"polarity": "minimize", "value": 5, "target": 0, "worst_value": -4}, Reason.ZERO_TARGET),
        ("kmk", {"polarity": "minimize", "value": 5, "target": 0, "is_full_at_target": True}, Reason.ZERO_TARGET),
        ("kmk", {"polarity": "stabilize", "value": 5, "target": 0}, Reason.ZERO_TARGET),
        ("lkjip_a", {"polarity": "minimize", "value": 0, "target": 0, "worst_value": 10}, Reason.ZERO_TARGET),
        ("kmk", {"polarity": "maximize", "value": 5, **RANGE}, Reason.ZERO_TARGET),
        ("kmk", {"polarity": "minimize", "value": -6, **RANGE}, Reason.NEGATIVE_TARGET),
        ("kmk", {"polarity": "maximize", "value": 1e300, "target": 1e-300}, Reason.ZERO_TARGET),
        ("lkjip_b", {"polarity": "minimize", "value": 0, "target": 10}, Reason.ZERO_VALUE),
        ("lkjip_b", {"polarity": "minimize", "value": -1, "target": 10}, Reason.NEGATIVE_VALUE),
        ("kmk", {"polarity": "stabilize", "value": 5, "target": 5}, Reason.NO_CONVERSION_SCALE),
    ],
)
def test_a_figure_without_a_rule_is_not_scored_and_says_why(profile, figure, reason):
    found = scored(profile, **figure)
    assert (found["status"], found["reason"]) == ("not_scored", reason.value)
    assert pd.isna(found["index"])
    assert pd.isna(found["rating"])


def test_an_infinite_value_counts_as_missing():
    assert scored("kmk", value=float("inf"), target=1, polarity="maximize")["reason"] == "no_value"


def test_a_stabilize_figure_without_a_scale_still_shows_its_achievement():
    assert scored("kmk", value=96, target=100, polarity="stabilize")["achievement"] == pytest.approx(0.96)


def test_zero_deaths_score_and_are_not_missing():
    assert achieved("kmk", "minimize", 162, 0) == 2.0
    assert achieved("kmk", "minimize", 0, 0, worst_value=10) == 1.0
