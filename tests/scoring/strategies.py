"""Figures for property tests: all polarities, ranges, negative and zero targets, scales, missing values."""

from __future__ import annotations

import pandas as pd
from hypothesis import strategies as st

from kpi.model import Polarity

PROFILES = ("kmk", "lkjip_a", "lkjip_b", "permenpan8")
COLUMNS = (
    "value",
    "target",
    "polarity",
    "target_high",
    "worst_value",
    "is_full_at_target",
    "conversion_scale",
    "is_partial_sum",
)

amounts = st.one_of(
    st.sampled_from([0.0, 1.0, -1.0, 10.0, -10.0, 100.0]),
    st.integers(-(10**6), 10**6).map(lambda n: n / 1000),
    st.floats(-1e12, 1e12, allow_nan=False),
)
profiles = st.sampled_from(PROFILES)


@st.composite
def scales(draw):
    """A conversion scale as a definition sheet writes it; its indices never fall."""
    achievements = sorted(draw(st.sets(st.integers(0, 150), min_size=2, max_size=5)))
    indices = sorted(draw(st.lists(st.integers(0, 150), min_size=len(achievements), max_size=len(achievements))))
    return ";".join(f"{x}:{y}" for x, y in zip(achievements, indices, strict=True))


@st.composite
def figures(draw, missing=True):
    """A figure as a dict of COLUMNS; `missing` lets value, target and polarity be absent."""
    absent = [None] if missing else []
    low, high = sorted([draw(amounts), draw(amounts)])
    has_range = draw(st.booleans())
    return {
        "value": draw(st.sampled_from([*absent, draw(amounts), draw(amounts), low, high])),
        "target": draw(st.sampled_from([*absent, low, low, low])),
        "polarity": draw(st.sampled_from([*absent, *(polarity.value for polarity in Polarity)])),
        "target_high": high if has_range else None,
        "worst_value": draw(st.one_of(st.none(), amounts)),
        "is_full_at_target": draw(st.booleans()),
        "conversion_scale": draw(st.one_of(st.none(), scales())),
        "is_partial_sum": missing and draw(st.integers(0, 9)) == 0,
    }


def frame_of(rows: list[dict]) -> pd.DataFrame:
    """The figures as the table that scoring reads."""
    kinds = {"polarity": "str", "conversion_scale": "str", "is_full_at_target": bool, "is_partial_sum": bool}
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    return frame.astype({name: kinds.get(name, float) for name in COLUMNS})


frames = st.lists(figures(), max_size=30).map(frame_of)
