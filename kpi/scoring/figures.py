"""Columns of figures and what scoring makes of them, as NumPy arrays. Holds no rule."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kpi.model import DIRECTION_NOT_STATED, POLARITY_CODE
from kpi.scoring.scale import ConversionScale

HIGHEST_CODE = max(POLARITY_CODE.values())


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures to be scored: arrays of one length, a row per figure.

    `value`, `target` (low end of a range), `target_high`, `worst_value`: float64 in the indicator's own unit of
    measure; what isn't finite is missing. `polarity`: int8, model.POLARITY_CODE or DIRECTION_NOT_STATED. `scale`:
    int32, the place in `scales`, -1 = none declared. An absent column means: missing, or false, in every row.
    """

    value: np.ndarray
    target: np.ndarray
    polarity: np.ndarray
    target_high: np.ndarray | None = None
    worst_value: np.ndarray | None = None
    is_full_at_target: np.ndarray | None = None
    is_partial_sum: np.ndarray | None = None
    scale: np.ndarray | None = None
    scales: tuple[ConversionScale, ...] = ()

    def __post_init__(self) -> None:
        columns = (self.target, self.polarity, self.target_high, self.worst_value, self.is_full_at_target, self.scale)
        if any(column is not None and len(column) != len(self.value) for column in (*columns, self.is_partial_sum)):
            raise ValueError("The columns of figures differ in length.")

    def __len__(self) -> int:
        return len(self.value)

    def part(self, rows: slice) -> Figures:
        """Return these rows, without copying them."""

        def cut(column: np.ndarray | None) -> np.ndarray | None:
            return None if column is None else column[rows]

        return Figures(
            value=self.value[rows],
            target=self.target[rows],
            polarity=self.polarity[rows],
            target_high=cut(self.target_high),
            worst_value=cut(self.worst_value),
            is_full_at_target=cut(self.is_full_at_target),
            is_partial_sum=cut(self.is_partial_sum),
            scale=cut(self.scale),
            scales=self.scales,
        )

    def check(self) -> None:
        """Raise ValueError for an unknown polarity code and for a range that ends before it begins."""
        if len(self) and not (self.polarity.min() >= DIRECTION_NOT_STATED and self.polarity.max() <= HIGHEST_CODE):
            raise ValueError("A polarity code is not one of model.POLARITY_CODE.")
        if self.target_high is not None and (self.target_high < self.target).any():
            first = int(np.flatnonzero(self.target_high < self.target)[0])
            raise ValueError(
                f"Row {first}: target_high {self.target_high[first]} is less than target {self.target[first]}."
            )


@dataclass(frozen=True, slots=True)
class Workings:
    """What scoring found for each figure of a block, and how: an explanation reads it off.

    `bound`: the target, or the end of its range, that the formula used. `outcome`: int8, the number of the formula in
    FORMULAS, or -1 - the number of the reason in REASONS. `achievement`: ratio, the formula alone. `converted`:
    ratio after the conversion scale and full at target. `is_full`: full at target acted. `index`: `converted` within
    cap and floor. `verdict`: as `outcome`, once all rules have spoken: negative = not scored, and why.
    """

    bound: np.ndarray
    outcome: np.ndarray
    achievement: np.ndarray
    converted: np.ndarray
    is_full: np.ndarray
    index: np.ndarray
    verdict: np.ndarray
