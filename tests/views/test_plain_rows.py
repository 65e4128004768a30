"""Rows as plain Python: nothing missing is ever a number, nothing is lost."""

from __future__ import annotations

from datetime import datetime

import numpy as np
import pandas as pd

from kpi.views.plain_rows import plain_rows

FRAME = pd.DataFrame(
    {
        "code": pd.Series(["A", None], dtype="str"),
        "value": [1.5, np.nan],
        "count": pd.array([3, None], dtype="Int32"),
        "at": pd.to_datetime(pd.Series(["2026-01-31", None])),
        "is_whole": [True, False],
    }
)


def test_a_missing_cell_of_any_type_is_none_and_the_others_are_plain():
    rows = plain_rows(FRAME)

    assert rows == [
        {"code": "A", "value": 1.5, "count": 3, "at": pd.Timestamp("2026-01-31"), "is_whole": True},
        {"code": None, "value": None, "count": None, "at": None, "is_whole": False},
    ]
    assert [type(value) for value in rows[0].values()] == [str, float, int, pd.Timestamp, bool]
    assert isinstance(rows[0]["at"], datetime)


def test_rows_equal_those_of_a_frame_of_objects():
    slowly = FRAME.astype(object).where(FRAME.notna(), None).to_dict("records")

    assert plain_rows(FRAME) == slowly


def test_no_row_gives_no_row():
    assert plain_rows(FRAME.iloc[:0]) == []
