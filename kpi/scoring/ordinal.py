"""Ordinal values: declared levels such as `WTP:4;WDP:3;TW:2;TMP:1` turn a grade into a number that scores, and back."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from kpi.errors import did_you_mean
from kpi.scoring.rating import DECIMALS


@dataclass(frozen=True, slots=True)
class OrdinalLevels:
    """The levels of an indicator: each grade's number, in the order in which they were declared."""

    numbers: Mapping[str, float]

    def number(self, text: str) -> float:
        """Return the number of a grade; capitals and spaces around it don't matter. Raises ValueError."""
        grades = {grade.casefold(): number for grade, number in self.numbers.items()}
        found = grades.get(text.strip().casefold())
        if found is None:
            raise ValueError(
                f"'{text}' is not one of the levels {', '.join(self.numbers)}.{did_you_mean(text, self.numbers)}"
            )
        return found

    def text(self, number: float) -> str | None:
        """Return the grade of a number; None between two levels (a mean, for example) and for a missing number."""
        if math.isnan(number):
            return None
        wanted = round(number, DECIMALS)
        return next((grade for grade, level in self.numbers.items() if round(level, DECIMALS) == wanted), None)


@lru_cache(maxsize=4096)
def parse_levels(text: str) -> OrdinalLevels:
    """Read `grade:number;…`. Raises ValueError that says what is wrong with it."""
    levels: dict[str, float] = {}
    for part in filter(None, map(str.strip, text.split(";"))):
        grade, colon, written = part.rpartition(":")
        try:
            number = float(written)
        except ValueError:
            number = math.nan
        if not (colon and grade.strip() and math.isfinite(number)):
            raise ValueError(f"level '{part}' can't be read; write the levels as WTP:4;WDP:3;TW:2;TMP:1")
        levels[grade.strip()] = number
    _check(levels, text)
    return OrdinalLevels(levels)


def _check(levels: Mapping[str, float], text: str) -> None:
    declared = [part for part in text.split(";") if part.strip()]
    if not len(declared) == len({grade.casefold() for grade in levels}) == len(set(levels.values())):
        raise ValueError(f"the levels '{text}' name a grade or a number twice")
    if len(levels) < 2:
        raise ValueError(f"the levels '{text}' must be at least two, such as WTP:4;WDP:3;TW:2;TMP:1")
