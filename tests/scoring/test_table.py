"""The adapter: frames and Arrow tables in, the same rows with their scores out."""

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.scoring.profile import load_profile
from kpi.scoring.table import BLOCK, SCORED_COLUMNS, score_arrow, score_table
from tests.scoring.strategies import frame_of, frames, profiles

KMK = load_profile("kmk")
THREE = pd.DataFrame({"value": [9.0, None, 3.0], "target": 10.0, "polarity": ["maximize", "maximize", None]})


def slow_score(row: dict, profile: str) -> tuple[float | None, float | None, str | None]:
    """Achievement, index and reason of one figure, in the plainest words; written for this test alone."""
    r, t, high, way = row["value"], row["target"], row["target_high"], row["polarity"]
    if way == "neutral":
        return None, None, "neutral"
    if way is None:
        return None, None, "direction_not_stated"
    if r is None or t is None:
        return None, None, "no_value" if r is None else "no_target"
    if row["is_partial_sum"]:
        return None, None, "partial_sum"
    if profile == "permenpan8" and way == "stabilize":
        return None, None, "no_rule_for_polarity"
    met = r >= t if way == "maximize" else r <= (t if high is None else high)
    full = profile == "kmk" and row["is_full_at_target"] and way != "stabilize" and met
    if high is not None and t <= r <= high:
        ratio = 1.0
    else:
        t = high if high is not None and r > high else t
        ratio = slow_ratio(r, t, way, profile, row["worst_value"])
    if isinstance(ratio, str):
        return (None, 1.2, None) if full and way == "minimize" and ratio == "zero_target" else (None, None, ratio)
    return slow_index(ratio, way, profile, full, row["conversion_scale"])


def slow_ratio(r, t, way, profile, worst) -> float | str:
    if t < 0:
        return 1 + (1 - r / t) if (profile, way) == ("kmk", "maximize") else "negative_target"
    if t == 0:
        has_rule = (profile, way) == ("kmk", "minimize") and worst is not None and worst > 0
        return (worst - r) / worst if has_rule else "zero_target"
    if way == "maximize":
        return r / t
    if way == "stabilize":
        return 1 - abs(r - t) / t
    if profile == "lkjip_b":
        return "zero_value" if r == 0 else "negative_value" if r < 0 else t / r
    return 2 - r / t


def slow_index(ratio, way, profile, full, scale) -> tuple[float | None, float | None, str | None]:
    index = ratio
    if profile == "kmk" and way == "stabilize":
        if scale is None:
            return ratio, None, "no_conversion_scale"
        points = [tuple(float(number) / 100 for number in point.split(":")) for point in scale.split(";")]
        index = float(np.interp(ratio, *zip(*points, strict=True)))
    index = 1.2 if full else max(0.0, index)
    return ratio, index if profile.startswith("lkjip") else min(1.2, index), None


@given(frame=frames, profile=profiles)
def test_a_table_scores_as_the_slow_and_obvious_calculation_does(frame, profile):
    scored = score_table(frame, load_profile(profile))
    rows = frame.astype(object).where(frame.notna(), None).to_dict("records")
    for row, found in zip(rows, scored.to_dict("records"), strict=True):
        achievement, index, reason = slow_score(row, profile)
        assert (None if pd.isna(found["reason"]) else found["reason"]) == reason
        assert found["status"] == ("not_scored" if reason else "scored")
        for wanted, name in ((achievement, "achievement"), (index, "index")):
            same = pytest.approx(np.nan if wanted is None else wanted, rel=1e-9, abs=1e-9, nan_ok=True)
            assert found[name] == same


@given(frame=frames, profile=profiles, seed=st.integers(0, 99), cut=st.integers(0, 30))
def test_scores_are_indifferent_to_row_order_and_to_being_split(frame, profile, seed, cut):
    profile = load_profile(profile)
    whole = score_table(frame, profile)
    shuffled = frame.sample(frac=1, random_state=seed)
    pd.testing.assert_frame_equal(score_table(shuffled, profile).sort_index(), whole)
    parts = [score_table(part, profile) for part in (frame.iloc[:cut], frame.iloc[cut:])]
    pd.testing.assert_frame_equal(pd.concat(parts), whole)


@given(frame=frames, profile=profiles)
def test_an_arrow_table_scores_as_a_frame(frame, profile):
    profile = load_profile(profile)
    whole = score_table(frame, profile)
    table = pa.Table.from_pandas(frame, preserve_index=False)
    for given_table in (table, pa.concat_tables([table.slice(0, 3), table.slice(3)])):
        scored = score_arrow(given_table, profile)
        assert scored.num_rows == len(frame)
        for name in SCORED_COLUMNS:
            found = [None if pd.isna(cell) else cell for cell in whole[name].tolist()]
            assert scored[name].to_pylist() == found


def test_many_blocks_score_as_one_figure_at_a_time():
    rows = 2 * BLOCK + 7
    frame = pd.concat([THREE] * (rows // 3 + 1), ignore_index=True).iloc[:rows]
    found = score_table(frame, KMK)
    assert found["index"].count() == (rows + 2) // 3
    assert (found["index"].dropna() == 0.9).all()
    assert found["reason"].value_counts().to_dict() == {"no_value": (rows + 1) // 3, "direction_not_stated": rows // 3}


def test_rows_keep_their_index_and_columns_and_the_input_is_untouched():
    frame = THREE.assign(note=["a", "b", "c"]).set_axis([7, 3, 5])
    before = frame.copy()
    scored = score_table(frame, KMK)
    assert scored.index.tolist() == [7, 3, 5]
    assert scored.columns.tolist() == [*frame.columns, *SCORED_COLUMNS]
    pd.testing.assert_frame_equal(frame, before)


def test_an_empty_table_scores_to_an_empty_table():
    scored = score_table(THREE.iloc[:0], KMK)
    assert scored.empty
    assert list(scored.columns[-5:]) == list(SCORED_COLUMNS)


def test_scoring_again_replaces_the_scores():
    once = score_table(THREE, KMK)
    pd.testing.assert_frame_equal(score_table(once, KMK), once)
    table = score_arrow(pa.Table.from_pandas(THREE), KMK)
    assert score_arrow(table, KMK).column_names == table.column_names


def test_words_of_files_and_dictionaries_read_as_polarities():
    words = ["higher", "lower", "neutral", "", None]
    frame = pd.DataFrame({"value": 12.0, "target": 10.0, "polarity": pd.Categorical(words)})
    reasons = [None, None, "neutral", "direction_not_stated", "direction_not_stated"]
    scored = score_table(frame, KMK)
    assert [None if pd.isna(found) else found for found in scored["reason"]] == reasons
    assert scored["index"].round(9).tolist()[:2] == [1.2, 0.8]


def test_integers_and_columns_that_are_wholly_missing_are_read():
    frame = pd.DataFrame({"value": [12], "target": [10], "polarity": ["maximize"], "target_high": [None]})
    frame["conversion_scale"] = None
    assert score_table(frame, KMK)["index"].tolist() == [1.2]
    assert score_table(frame.assign(polarity=None), KMK)["reason"].tolist() == ["direction_not_stated"]


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"polarity": "upwards"}, "polarity 'upwards' is not one of maximize"),
        ({"target_high": 5.0}, "less than target"),
        ({"conversion_scale": "0-0"}, "can't be read"),
    ],
)
def test_what_cannot_be_a_figure_is_an_error(change, complaint):
    with pytest.raises(ValueError, match=complaint):
        score_table(THREE.assign(**change), KMK)


def test_a_table_without_its_columns_is_an_error():
    with pytest.raises(ValueError, match="needs the columns"):
        score_table(THREE.drop(columns="target"), KMK)


def test_frame_of_covers_every_column_that_scoring_reads():
    assert set(frame_of([]).columns) >= {"value", "target", "polarity", "is_partial_sum", "conversion_scale"}
