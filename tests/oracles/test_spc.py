"""Every case of the reference (NHSRplotthedots 0.2.2): limits, flags, labels and icons; tied lines by limits alone."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from kpi.analysis.spc import Direction
from kpi.analysis.spc.table import Options, points_table, segments_table

LIMITS = ["mean", "lpl", "upl", "mr_used", "average_mr", "near_lpl", "near_upl"]


@pytest.fixture(scope="module")
def oracle(shared_data):
    return shared_data / "oracles" / "spc"


@pytest.fixture(scope="module")
def runs(oracle):
    """Yields per case that has an outcome: its id, its series as a table, and its options."""
    series = dict(list(pd.read_csv(oracle / "input.csv", parse_dates=["date"]).groupby("series_id")))
    cases = pd.read_csv(oracle / "cases.csv", dtype={"rebase_dates": str})
    return [
        (case.case_id, series[case.series_id], options(case))
        for case in cases[cases.oracle_status == "ok"].itertuples()
    ]


def options(case) -> Options:
    return Options(
        direction=Direction(case.improvement_direction),
        target=None if pd.isna(case.target) else float(case.target),
        rebase_dates=[]
        if pd.isna(case.rebase_dates)
        else [date.fromisoformat(d) for d in case.rebase_dates.split(";")],
        fix_after=None if pd.isna(case.fix_after_n_points) else int(case.fix_after_n_points),
        screen=bool(case.screen_outliers),
    )


def test_every_point_agrees_with_the_reference(oracle, runs):
    expected = pd.read_csv(oracle / "expected.csv", parse_dates=["date"])
    found = pd.concat([points_table(series, chosen).assign(case_id=case) for case, series, chosen in runs])
    assert_agree(found, expected, keys=["date"])


def test_every_segment_agrees_with_the_reference(oracle, runs):
    expected = pd.read_csv(oracle / "summary.csv")
    found = pd.concat([segments_table(series, chosen).assign(case_id=case) for case, series, chosen in runs])
    assert_agree(found, expected, keys=[])


def assert_agree(found: pd.DataFrame, expected: pd.DataFrame, keys: list[str]) -> None:
    found = found.drop(columns="series_id").reset_index(drop=True)
    assert list(found.columns[:-1]) == [name for name in expected.columns if name not in {"case_id", "tie"}]
    assert len(found) == len(expected) > 0
    untied = (expected["tie"] == 0).to_numpy()
    for name in found.columns:
        if name in LIMITS:
            np.testing.assert_allclose(found[name], expected[name], rtol=1e-9, atol=1e-9, err_msg=name)
        else:
            both = pd.DataFrame({"found": found[name], "expected": expected[name]})[untied]
            same = (both["found"] == both["expected"]) | (both["found"].isna() & both["expected"].isna())
            assert same.all(), f"{name}\n{expected[untied][~same].assign(found=both['found'])}"
