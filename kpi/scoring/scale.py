"""Conversion scales (skala konversi): `0:0;90:100;100:120` turns an achievement into an index."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

import numpy as np

from kpi.scoring.formula import evaluate

INTERPOLATION: Final = "minimum(y0 + (y1 - y0) * ((minimum(maximum(A, x0), x1) - x0) / (x1 - x0)), y1)"
"""Between the points (x0, y0) and (x1, y1) of the scale, held at its ends. The outer minimum takes back what binary
arithmetic may add in the last place, so that a nearer figure never converts to less."""


@dataclass(frozen=True, slots=True)
class ConversionScale:
    """Points of a scale, both as ratios: achievements that rise strictly, indices that never fall."""

    achievements: tuple[float, ...]
    indices: tuple[float, ...]

    def __post_init__(self) -> None:
        if len(self.achievements) < 2:
            raise ValueError("a conversion scale needs at least two points, such as 0:0;90:100;100:120")
        if not all(map(math.isfinite, (*self.achievements, *self.indices))):
            raise ValueError("a conversion scale holds finite numbers only")
        if not all(low < high for low, high in pairwise(self.achievements)):
            raise ValueError("the achievements of a conversion scale must rise from point to point")
        if not all(low <= high for low, high in pairwise(self.indices)):
            raise ValueError("the indices of a conversion scale must not fall: a nearer figure would score lower")

    def segment(self, achievement: np.ndarray) -> dict[str, np.ndarray]:
        """Return the ends x0, x1, y0, y1 of the segment on which each achievement lies, or of the nearest one."""
        x, y = np.array(self.achievements), np.array(self.indices)
        end = np.clip(np.searchsorted(x, achievement, side="left"), 1, len(x) - 1)
        return {"x0": x[end - 1], "x1": x[end], "y0": y[end - 1], "y1": y[end]}

    def converted(self, achievement: np.ndarray) -> np.ndarray:
        """Return the index of each achievement (ratios); NaN stays NaN."""
        return np.asarray(evaluate(INTERPOLATION, {"A": achievement, **self.segment(achievement)}))


@lru_cache(maxsize=4096)
def parse_scale(text: str) -> ConversionScale:
    """Read `achievement:index;…`, both in percent. Raises ValueError that says what is wrong with it."""
    try:
        points = [tuple(float(number) for number in point.split(":")) for point in text.split(";") if point.strip()]
        achievements, indices = zip(*points, strict=True)
    except ValueError:
        raise ValueError(f"conversion scale '{text}' can't be read; write it as 0:0;90:100;100:120") from None
    return ConversionScale(tuple(x / 100 for x in achievements), tuple(y / 100 for y in indices))
