"""Reads figures that are words, such as the audit opinion WTP, by the levels that the known indicator declares."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from kpi.intake.coded import Coded
from kpi.model import Indicator
from kpi.scoring.ordinal import OrdinalLevels, parse_levels


def levels_of(indicators: Mapping[str, Indicator]) -> dict[str, OrdinalLevels]:
    """Return the levels of those indicators that declare some, by code."""
    return {code: parse_levels(known.ordinal_levels) for code, known in indicators.items() if known.ordinal_levels}


def read_levels(
    texts: pa.ChunkedArray, is_unread: NDArray[np.bool_], indicator: Coded[str], levels: Mapping[str, OrdinalLevels]
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return which of the unread rows hold a level of their indicator, and its number."""
    has_levels = np.array([code in levels for code in indicator.distinct], dtype=np.bool_)
    rows = np.flatnonzero(is_unread & indicator.spread(has_levels, otherwise=False).astype(np.bool_))
    numbers = np.array([_number(texts, int(row), indicator, levels) for row in rows], dtype=np.float64)
    found = ~np.isnan(numbers)
    return rows[found], numbers[found]


def _number(texts: pa.ChunkedArray, row: int, indicator: Coded[str], levels: Mapping[str, OrdinalLevels]) -> float:
    try:
        return levels[indicator.at(row) or ""].number(texts[row].as_py())
    except ValueError:
        return np.nan
