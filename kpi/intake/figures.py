"""The figures of typed rows: what their parts make, and the layout in which the record takes them. Judges nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from kpi.intake.coded import Coded
from kpi.intake.rows import Rows
from kpi.store.record import FIGURES


@dataclass(frozen=True, slots=True)
class Figures:
    """The rows with what their parts make: `multiplier` of each, `ratio` of its parts, `value` written or computed."""

    rows: Rows
    multiplier: NDArray[np.float64]
    ratio: NDArray[np.float64]
    value: NDArray[np.float64]

    @classmethod
    def of(cls, rows: Rows, multipliers: tuple[float | None, ...]) -> Figures:
        """Return the figures; `multipliers` holds for each indicator of the file, None = 1."""
        whole = (rows.denominator > 0) & (rows.numerator >= 0)
        if not whole.any():
            nothing = np.broadcast_to(np.nan, rows.count)
            return cls(rows, np.broadcast_to(1.0, rows.count), nothing, rows.value)
        per_indicator = np.array([number or 1.0 for number in multipliers], dtype=np.float64)
        multiplier = rows.indicator.spread(per_indicator, otherwise=1.0).astype(np.float64)
        ratio = np.full(rows.count, np.nan)
        with np.errstate(over="ignore"):
            ratio[whole] = multiplier[whole] * rows.numerator[whole] / rows.denominator[whole]
        return cls(rows, multiplier, ratio, np.where(np.isnan(rows.value), ratio, rows.value))

    def as_arrow(self, sound: NDArray[np.bool_]) -> pa.Table:
        """Return the sound rows in the record's layout (FIGURES)."""
        rows = self.rows
        has_parts = ~np.isnan(rows.numerator)
        columns = {
            "line": pa.array(rows.lines[sound]),
            "unit_code": _texts(rows.unit, sound),
            "indicator_code": _texts(rows.indicator, sound),
            "grain": _texts(rows.period.read_as(lambda period: period.grain.value), sound),
            "period_start": _days(rows, sound, "start"),
            "period_end": _days(rows, sound, "end"),
            "value": _numbers(self.value, sound),
            "numerator": _numbers(rows.numerator, sound),
            "denominator": _numbers(rows.denominator, sound),
            "multiplier": _numbers(np.where(has_parts, self.multiplier, np.nan), sound),
            "target": _numbers(rows.target, sound),
            "target_high": _numbers(rows.target_high, sound),
            "verification": _texts(rows.verification.read_as(lambda state: state.value), sound),
            "note": rows.note.filter(pa.array(sound)),
            "weight": _numbers(rows.weight, sound),
        }
        return pa.table(columns, schema=FIGURES)


def _texts(column: Coded[str], sound: NDArray[np.bool_]) -> pa.Array:
    codes = column.codes[sound]
    places = pa.array(codes, mask=codes < 0)
    return pa.DictionaryArray.from_arrays(places, pa.array(column.distinct, pa.string())).cast(pa.string())


def _days(rows: Rows, sound: NDArray[np.bool_], end: Literal["start", "end"]) -> pa.Array:
    days = np.array([getattr(period, end) for period in rows.period.distinct], dtype="datetime64[D]")
    return pa.array(rows.period.spread(days, otherwise=np.datetime64("NaT"))[sound], pa.date32())


def _numbers(numbers: NDArray[np.float64], sound: NDArray[np.bool_]) -> pa.Array:
    return pa.array(numbers[sound], from_pandas=True)  # NaN becomes null
