"""The rows of a sheet as types: codes, periods, numbers. What a rule asks of a row it finds here."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from kpi.intake.coded import Coded
from kpi.model import AggregationOverPeriods, AggregationOverUnits, Polarity, Verification
from kpi.periods import Period


@dataclass(frozen=True, slots=True)
class Rows:
    """Columns of one length, one entry per row of the file.

    A code of −1 and a NaN mean that nothing stands there, or nothing that could be read. Decimals (int8) are those
    written. `note` is null where empty. `has_figure`: something is written for value, target, numerator or denominator.
    """

    lines: NDArray[np.int64]
    unit: Coded[str]
    unit_name: Coded[str]
    parent: Coded[str]
    indicator: Coded[str]
    indicator_name: Coded[str]
    unit_of_measure: Coded[str]
    polarity: Coded[Polarity]
    multiplier: Coded[float]
    every_years: Coded[int]
    over_periods: Coded[AggregationOverPeriods]
    over_units: Coded[AggregationOverUnits]
    verification: Coded[Verification]
    period: Coded[Period]
    value: NDArray[np.float64]
    target: NDArray[np.float64]
    target_high: NDArray[np.float64]
    numerator: NDArray[np.float64]
    denominator: NDArray[np.float64]
    weight: NDArray[np.float64]
    value_decimals: NDArray[np.int8]
    target_decimals: NDArray[np.int8]
    note: pa.ChunkedArray
    has_figure: NDArray[np.bool_]
    has_value_column: bool

    @property
    def count(self) -> int:
        """How many rows there are."""
        return len(self.lines)
