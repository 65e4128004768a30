"""Projections of a long table: one line a series. Pure; a thin adapter over `project`."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from kpi.analysis.projection.outlook import Projection, project
from kpi.analysis.projection.yearend import Aggregation
from kpi.analysis.spc.vocabulary import Direction


def projections_table(
    frame: pd.DataFrame,
    *,
    aggregation: Aggregation,
    until: date,
    target: float | None,
    direction: Direction,
) -> pd.DataFrame:
    """Return one line a series in order of first appearance; NaN and None where `reason` says why.

    `frame` needs series_id, date (datetime64) and value (float64, NaN = missing). Columns: series_id, method,
    estimate, low_80, high_80, probability, backtest_error, naive_error, needed_per_period, reason.
    """
    end = np.datetime64(until)
    found = {
        str(key): project(
            lines["date"].to_numpy(dtype="datetime64[D]"),
            lines["value"].to_numpy(dtype=np.float64),
            aggregation=aggregation,
            until=end,
            target=target,
            direction=direction,
        )
        for key, lines in frame.groupby("series_id", sort=False)
    }
    return pd.DataFrame([_line(key, projection) for key, projection in found.items()], columns=_COLUMNS)


_COLUMNS = [
    "series_id",
    "method",
    "estimate",
    "low_80",
    "high_80",
    "probability",
    "backtest_error",
    "naive_error",
    "needed_per_period",
    "reason",
]


def _line(key: str, projection: Projection) -> tuple[object, ...]:
    return (
        key,
        projection.method and projection.method.value,
        projection.estimate,
        projection.low_80,
        projection.high_80,
        projection.probability,
        projection.backtest_error,
        projection.naive_error,
        projection.needed_per_period,
        projection.remark and projection.remark.value,
    )
