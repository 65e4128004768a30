"""Index: conversion scale, full at target, cap and floor; a better value never scores lower."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.scoring.profile import load_profile
from kpi.scoring.table import score_table
from tests.scoring.strategies import amounts, figures, frame_of, profiles

KMK_SCALE = "0:0;90:100;100:120"
NOTHING = dict.fromkeys(("value", "target", "polarity", "target_high", "worst_value", "conversion_scale"))


def index(profile: str, polarity: str, target: float, value: float, **more: object) -> float:
    row = {**NOTHING, "is_full_at_target": False, "is_partial_sum": False, **more}
    row |= {"polarity": polarity, "target": target, "value": value}
    return float(score_table(frame_of([row]), load_profile(profile)).iloc[0]["index"])


@pytest.mark.parametrize(
    ("polarity", "target", "value", "more", "percent"),
    [
        pytest.param("maximize", -10, -5, {}, 120, id="150 is capped"),
        pytest.param("maximize", 10, -1, {}, 0, id="below zero is floored"),
        pytest.param("minimize", 0.1, 0.0101, {}, 120, id="189.9 is capped"),
        pytest.param("minimize", 10, 21, {}, 0, id="-10 is floored"),
        pytest.param("minimize", 0, 4, {"worst_value": 10}, 60, id="zero target by the worst value"),
        pytest.param("minimize", 0, 11, {"worst_value": 10}, 0, id="worse than the worst is floored"),
        pytest.param("stabilize", 100, 96, {"conversion_scale": KMK_SCALE}, 112, id="scale"),
        pytest.param("stabilize", 100, 102, {"conversion_scale": KMK_SCALE}, 116, id="scale, above"),
        pytest.param("stabilize", 100, 100, {"conversion_scale": KMK_SCALE}, 120, id="exact hit"),
        pytest.param("stabilize", 100, 250, {"conversion_scale": KMK_SCALE}, 0, id="far off"),
        pytest.param(
            "stabilize", 95, 97, {"target_high": 105, "conversion_scale": KMK_SCALE}, 120, id="inside its range"
        ),
        pytest.param("maximize", 4, 4, {"is_full_at_target": True}, 120, id="full at target"),
        pytest.param("maximize", 4, 3, {"is_full_at_target": True}, 75, id="not met: the formula"),
        pytest.param("maximize", 80, 85, {"target_high": 90, "is_full_at_target": True}, 120, id="range met"),
        pytest.param("minimize", 80, 85, {"target_high": 90, "is_full_at_target": True}, 120, id="range kept"),
        pytest.param("minimize", 5, 5, {"is_full_at_target": True}, 120, id="limit kept"),
        pytest.param("minimize", 0, 0, {"is_full_at_target": True}, 120, id="zero target met without worst value"),
        pytest.param("minimize", 0, 0, {"worst_value": 10}, 100, id="zero target met"),
        pytest.param(
            "stabilize", 100, 100, {"is_full_at_target": True, "conversion_scale": "0:0;100:100"}, 100, id="not for it"
        ),
    ],
)
def test_kmk_indices(polarity, target, value, more, percent):
    assert index("kmk", polarity, target, value, **more) * 100 == pytest.approx(percent)


def test_full_at_target_without_a_worst_value_leaves_the_achievement_empty():
    row = {**NOTHING, "value": 0, "target": 0, "polarity": "minimize", "is_full_at_target": True}
    found = score_table(frame_of([{**row, "is_partial_sum": False}]), load_profile("kmk")).iloc[0]
    assert (found["index"], found["rating"], found["status"]) == (1.2, "green", "scored")
    assert np.isnan(found["achievement"])
    assert pd.isna(found["reason"])


def test_lkjip_has_no_cap_and_a_floor():
    assert index("lkjip_a", "minimize", 32, 4.88) == pytest.approx(1.8475)
    assert index("lkjip_a", "minimize", 10, 25) == 0.0


def test_permenpan8_stays_within_0_and_120_and_knows_no_full_at_target():
    assert index("permenpan8", "maximize", 10, 19) == 1.2
    assert index("permenpan8", "minimize", 10, 25) == 0.0
    assert index("permenpan8", "maximize", 10, 10, is_full_at_target=True) == 1.0


@given(profile=profiles, figure=figures(missing=False), values=st.lists(amounts, max_size=12))
def test_a_better_value_never_scores_lower(profile, figure, values):
    low, high = figure["target"], figure["target"] if figure["target_high"] is None else figure["target_high"]
    edges = [end + step for end in (low, high) for step in (-1.0, -1e-9, 0.0, 1e-9, 1.0)]  # where rules change over
    tried = sorted({*values, *edges, 0.0, figure["worst_value"] or 0.0})
    found = score_table(frame_of([{**figure, "value": value} for value in tried]), load_profile(profile))
    found = found[found["status"] == "scored"]
    order = [band.code for band in load_profile(profile).bands]
    rank = found["rating"].map(lambda code: -order.index(code)).astype(float)
    match figure["polarity"]:
        case "maximize":
            rising = [slice(None)]
        case "minimize":
            rising = [slice(None, None, -1)]
        case "stabilize":  # nearer is better, on either side
            below, above = int((found["value"] <= low).sum()), int((found["value"] < high).sum())
            rising = [slice(below), slice(None, above - 1 if above else None, -1)]
        case _:
            assert found.empty
            return
    for part in rising:
        assert (np.diff(found["index"].to_numpy()[part]) >= 0).all()
        assert (np.diff(rank.to_numpy()[part]) >= 0).all()


@given(profile=profiles, figure=figures())
def test_a_missing_value_or_target_never_becomes_a_number(profile, figure):
    found = score_table(frame_of([{**figure, "value": None}, {**figure, "target": None}]), load_profile(profile))
    assert found["index"].isna().all()
    assert found["achievement"].isna().all()
    assert (found["status"] == "not_scored").all()
    assert found["reason"].isin(["no_value", "no_target", "neutral", "direction_not_stated"]).all()
