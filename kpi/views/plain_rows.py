"""Rows of a frame as plain Python, a missing value as None: what views make their frozen results from."""

from __future__ import annotations

from typing import Any  # Any: a frame's cells are of any type

import pandas as pd


def names_by(code: str, frame: pd.DataFrame) -> dict[str, str]:
    """Return the `name` under each code, in the frame's order; `code` names the column of codes."""
    return dict(zip(frame[code].tolist(), frame["name"].tolist(), strict=True))


def plain_rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return a dict per row, by column name. Column by column: frames of objects take five times as long."""
    columns = [
        [None if missing else value for value, missing in zip(frame[name].tolist(), frame[name].isna(), strict=True)]
        for name in frame.columns
    ]
    names = [str(name) for name in frame.columns]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]
