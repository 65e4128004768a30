"""An 80 % interval holds 70–90 % of year-ends that were held back from real series."""

from __future__ import annotations

import pandas as pd
import pytest

from tests.analysis.projection.held_back import SOURCES, outcomes


def coverage(results: pd.DataFrame) -> pd.DataFrame:
    """Share of year-ends inside their interval, above it and below it, per source; without the refused."""
    found = [
        (row.source, p.low_80 - slack <= row.actual <= p.high_80 + slack, row.actual > p.high_80 + slack)
        for row in results.itertuples()
        if (p := row.projection).low_80 is not None
        for slack in [1e-9 * abs(row.actual)]
    ]
    frame = pd.DataFrame(found, columns=["source", "inside", "above"])
    return frame.groupby("source").agg(count=("inside", "size"), inside=("inside", "mean"), above=("above", "mean"))


def test_intervals_hold_what_they_promise_on_a_sample_of_real_series(shared_data):
    found = coverage(pd.concat([outcomes(shared_data, source, 200, seed=7) for source in SOURCES]))
    assert (found["count"] >= 100).all(), found
    assert found["inside"].between(0.7, 0.9).all(), found


@pytest.mark.soak
def test_intervals_hold_what_they_promise_on_every_real_series(shared_data):
    found = coverage(pd.concat([outcomes(shared_data, source, None, seed=1) for source in SOURCES]))
    assert found["inside"].between(0.7, 0.9).all(), found
