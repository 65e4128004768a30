"""A slow, obvious second calculation of a control chart in exact fractions: the check of the fast one."""

from __future__ import annotations

import itertools
from fractions import Fraction

Point = dict[str, object]


def chart(values: list[int | None], fix_after: int | None, screen: bool) -> list[Point]:
    """One segment, point by point; whole numbers, so that fractions are exact."""
    base = values[:fix_after]
    mean = average([v for v in base if v is not None])
    ranges = [
        None,
        *(abs(b - a) if a is not None and b is not None else None for a, b in itertools.pairwise(base)),
    ]
    ranges = ranges[: len(base)] + [None] * (len(values) - len(base))
    width = average([r for r in ranges if r is not None])
    if screen:
        ranges = [r if r is not None and r < Fraction("3.267") * width else None for r in ranges]
        width = average([r for r in ranges if r is not None])
    points = [judge(value, mean, width) | {"moving_range": r} for value, r in zip(values, ranges, strict=True)]
    for i, point in enumerate(points):
        point["shift"] = any(is_shift(points[j : j + 7]) for j in range(max(0, i - 6), i + 1))
        point["trend"] = any(is_trend(values[j : j + 7]) for j in range(max(0, i - 6), i + 1))
        point["two_in_three"] = point["close"] and any(
            is_two_in_three(points[j : j + 3]) for j in range(max(0, i - 2), i + 1)
        )
    return [point | {"mean": mean, "width": width} for point in points]


def average(numbers: list) -> Fraction | None:
    return Fraction(sum(numbers), len(numbers)) if numbers else None


def judge(value: int | None, mean: Fraction | None, width: Fraction | None) -> Point:
    if value is None or mean is None:
        return {"side": None, "outside": False, "close": False}
    away = abs(value - mean)
    outside = width is not None and away > Fraction("2.66") * width
    close = width is not None and not outside and away > Fraction("2.66") * 2 / 3 * width
    return {"side": (value > mean) - (value < mean), "outside": outside, "close": close}


def is_shift(points: list[Point]) -> bool:
    return len(points) == 7 and ({p["side"] for p in points} in ({1}, {-1}))


def is_trend(values: list[int | None]) -> bool:
    if len(values) < 7 or None in values:
        return False
    steps = [b - a for a, b in itertools.pairwise(values)]
    return all(s > 0 for s in steps) or all(s < 0 for s in steps)


def is_two_in_three(points: list[Point]) -> bool:
    return len(points) == 3 and {p["side"] for p in points} in ({1}, {-1}) and sum(p["close"] for p in points) >= 2
