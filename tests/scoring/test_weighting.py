"""Weights: a unit's index, what each indicator cost, a parent's index."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.scoring.profile import load_profile
from kpi.scoring.weighting import combine_children, losses, unit_indices, without_weight

KMK = load_profile("kmk")

ratios = st.one_of(st.none(), st.floats(0, 1.2), st.floats(0, 3))
weights = st.one_of(st.none(), st.sampled_from([0.0, 0.25, 0.5, 20.0]), st.floats(0, 100, allow_subnormal=False))


@st.composite
def scored_frames(draw):
    rows = draw(
        st.lists(
            st.tuples(st.sampled_from("AB"), st.sampled_from([2024, 2025]), ratios, weights, st.booleans()), max_size=20
        )
    )
    frame = pd.DataFrame(rows, columns=["unit_code", "period_start", "index", "weight", "is_neutral"])
    frame = frame.astype({"index": float, "weight": float, "unit_code": "str"})
    frame["indicator_code"] = [f"I{row}" for row in range(len(frame))]
    frame["polarity"] = np.where(frame["is_neutral"].astype(bool), "neutral", "maximize")
    frame.loc[frame["polarity"] == "neutral", "index"] = np.nan
    frame["status"] = np.where(frame["index"].isna(), "not_scored", "scored")
    return frame


def unit(*rows: tuple[float | None, float | None], polarity: str = "maximize") -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["index", "weight"], dtype=float)
    frame["indicator_code"] = [f"I{row}" for row in range(len(frame))]
    status = np.where(frame["index"].isna(), "not_scored", "scored")
    return frame.assign(unit_code="A", period_start=2025, polarity=polarity, status=status)


def only(frame: pd.DataFrame) -> pd.Series:
    assert len(frame) == 1
    return frame.iloc[0]


@given(scored_frames())
def test_unit_indices_agree_with_the_slow_and_obvious_calculation(frame):
    found = unit_indices(frame, KMK).set_index(["unit_code", "period_start"])
    groups = {key: part.to_dict("records") for key, part in frame.groupby(["unit_code", "period_start"])}
    assert set(found.index) == set(groups)
    for key, rows in groups.items():
        agreed = [row for row in rows if row["polarity"] != "neutral"]
        equal = all(math.isnan(row["weight"]) for row in agreed)
        pairs = [(1.0 if equal else 0.0 if math.isnan(w := row["weight"]) else w, row["index"]) for row in agreed]
        total, scored = sum(w for w, _ in pairs), [(w, index) for w, index in pairs if not math.isnan(index)]
        counted = sum(w for w, _ in scored)
        wanted = sum(w * index for w, index in scored) / counted if counted > 0 else math.nan
        row = found.loc[key]
        assert row["index"] == pytest.approx(wanted, nan_ok=True)
        assert row["coverage"] == pytest.approx(counted / total if total > 0 else math.nan, nan_ok=True)
        assert (row["indicators_scored"], row["indicators_agreed"]) == (len(scored), len(agreed))
        assert bool(row["weights_are_equal"]) == equal


@given(scored_frames())
def test_losses_sum_to_what_the_unit_lost(frame):
    cost = losses(frame, KMK).groupby(["unit_code", "period_start"])["loss"].sum(min_count=1)
    found = unit_indices(frame, KMK).set_index(["unit_code", "period_start"])["index"]
    for key, index in found.items():
        assert cost.get(key) == pytest.approx(1 - index, nan_ok=True, abs=1e-9)


@given(scored_frames(), st.integers(0, 99))
def test_a_unit_index_is_indifferent_to_row_order(frame, seed):
    keys = ["unit_code", "period_start"]
    one = unit_indices(frame, KMK).set_index(keys).sort_index()
    other = unit_indices(frame.sample(frac=1, random_state=seed), KMK).set_index(keys).sort_index()
    np.testing.assert_allclose(one["index"], other["index"], rtol=1e-12)
    assert one["rating"].equals(other["rating"])


def test_a_weighted_mean_and_its_losses_worked_by_hand():
    rows = unit((1.2, 30), (0.8, 50), (None, 20))
    found = only(unit_indices(rows, KMK))
    assert found["index"] == pytest.approx((36 + 40) / 80)
    assert (found["coverage"], found["rating"], found["is_rated"]) == (0.8, "fair", True)
    assert (found["weight_scored"], found["weight_agreed"]) == (80, 100)
    assert losses(rows, KMK)["loss"].tolist()[:2] == pytest.approx([-0.075, 0.125])
    assert losses(rows, KMK)["weight_share"].tolist()[:2] == [0.375, 0.625]
    assert np.isnan(losses(rows, KMK)["loss"].iloc[2])


def test_no_weight_at_all_means_equal_weights():
    found = only(unit_indices(unit((1.0, None), (0.5, None)), KMK))
    assert (found["index"], found["weights_are_equal"], found["weight_agreed"]) == (0.75, True, 2)


def test_a_missing_weight_beside_others_counts_zero_and_is_named():
    rows = unit((1.0, 40), (0.0, None))
    found = only(unit_indices(rows, KMK))
    assert (found["index"], found["coverage"], found["indicators_without_weight"]) == (1.0, 1.0, 1)
    assert without_weight(rows)["indicator_code"].tolist() == ["I1"]


@pytest.mark.parametrize(("weight", "is_rated"), [(49.9, False), (50, True)])
def test_below_the_least_coverage_a_unit_has_an_index_and_no_rating(weight, is_rated):
    found = only(unit_indices(unit((1.0, weight), (None, 100 - weight)), KMK))
    assert found["index"] == 1.0
    assert found["is_rated"] == is_rated
    assert pd.isna(found["rating"]) != is_rated


def test_neutral_indicators_weigh_nothing_and_alone_make_no_index():
    rows = pd.concat([unit((1.0, 10)), unit((None, 90), polarity="neutral")])
    found = only(unit_indices(rows, KMK))
    assert (found["index"], found["coverage"], found["indicators_agreed"]) == (1.0, 1.0, 1)
    alone = only(unit_indices(unit((None, 90), polarity="neutral"), KMK))
    assert np.isnan(alone["index"])
    assert np.isnan(alone["coverage"])
    assert not alone["is_rated"]


def test_weights_of_zero_alone_give_no_index():
    found = only(unit_indices(unit((1.0, 0), (0.5, 0)), KMK))
    assert np.isnan(found["index"])
    assert not found["is_rated"]


def test_a_negative_weight_is_refused():
    with pytest.raises(ValueError, match="negative"):
        unit_indices(unit((1.0, -1)), KMK)


def test_groups_are_what_the_caller_says():
    rows = unit((1.0, 1), (0.5, 1)).assign(sector=["x", "y"], grain="year")
    assert len(unit_indices(rows, KMK)) == 1
    assert unit_indices(rows, KMK, keys=["unit_code", "sector"])["index"].tolist() == [1.0, 0.5]


def test_a_profile_without_unit_bands_rates_units_by_its_own_bands():
    assert only(unit_indices(unit((0.9, 1)), load_profile("lkjip_a")))["rating"] == "high"


def children(*rows: tuple[float | None, float | None, float | None]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["index", "weight_in_parent", "coverage"], dtype=float)
    return frame.assign(parent_code="P", period_start=2025)


def test_a_parent_weighs_its_children_as_declared():
    found = only(combine_children(children((1.0, 3, 1.0), (0.5, 1, 0.5), (None, None, None)), KMK))
    assert (found["index"], found["coverage"], found["rating"]) == (0.875, 0.875, "poor")
    assert (found["children_scored"], found["children_agreed"], found["weights_are_equal"]) == (2, 3, False)


def test_children_without_any_weight_weigh_alike_and_a_silent_child_lowers_the_coverage():
    found = only(combine_children(children((1.0, None, 1.0), (None, None, 0.0), (None, None, None)), KMK))
    assert found["index"] == 1.0
    assert found["coverage"] == pytest.approx(1 / 3)
    assert not found["is_rated"]
    assert found["weights_are_equal"]
