"""Grains and periods as governments name them: to-date spans, parts and like-for-like partners. Knows no clock."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Final

from kpi.errors import UsageError


class Grain(StrEnum):
    """The length of a reporting period, finest first."""

    MONTH = "month"
    QUARTER = "quarter"
    SEMESTER = "semester"
    YEAR = "year"


MONTHS: Final[dict[Grain, int]] = {Grain.MONTH: 1, Grain.QUARTER: 3, Grain.SEMESTER: 6, Grain.YEAR: 12}
GRAINS: Final[tuple[Grain, ...]] = tuple(Grain)
_CODE = re.compile(r"(\d{4})(?:-(?:(\d{2})|Q([1-4])|S([12])))?")


def finer_than(grain: Grain) -> tuple[Grain, ...]:
    """Return the grains that are finer than `grain`, finest first."""
    return tuple(g for g in GRAINS if MONTHS[g] < MONTHS[grain])


def add_months(day: date, months: int) -> date:
    """Return the first day of the month that lies `months` after the month of `day`."""
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def end_of_month(day: date) -> date:
    """Return the last day of the month of `day`."""
    return day.replace(day=monthrange(day.year, day.month)[1])


@dataclass(frozen=True, slots=True)
class Period:
    """A reporting period of one grain. Both ends are inside it.

    `year_starts_in` is the month in which the organisation's year begins; quarters and semesters count inside that
    year, which is named by the calendar year in which it ends (July 2022–June 2023 is 2023).
    """

    start: date
    end: date
    grain: Grain
    year_starts_in: int = 1

    def __post_init__(self) -> None:
        if self.start > self.end:
            raise ValueError(f"Period starts {self.start}, after it ends {self.end}.")

    @staticmethod
    def beginning(start: date, grain: Grain, year_starts_in: int = 1) -> Period:
        """Return the period of `grain` whose first day is `start` (the first of a month)."""
        return _beginning(start, grain, year_starts_in)

    @classmethod
    def containing(cls, day: date, grain: Grain, year_starts_in: int = 1) -> Period:
        """Return the period of `grain` that contains `day`."""
        offset = (day.month - year_starts_in) % 12
        return cls.beginning(add_months(day, -(offset % MONTHS[grain])), grain, year_starts_in)

    @classmethod
    def of_span(cls, start: date, end: date, year_starts_in: int = 1) -> Period | None:
        """Return the period from `start` to `end`, or None when that is no month, quarter, semester or year."""
        for grain in GRAINS:
            candidate = cls.containing(start, grain, year_starts_in)
            if (candidate.start, candidate.end) == (start, end):
                return candidate
        return None

    @classmethod
    def parse(cls, code: str, year_starts_in: int = 1) -> Period:
        """Read `2026`, `2026-S1`, `2026-Q3` or `2026-09` (always the calendar month). Raises UsageError."""
        found = _CODE.fullmatch(code)
        if found is None or (found[2] and not 1 <= int(found[2]) <= 12):
            raise UsageError("Period '{code}' can't be read. Write 2026, 2026-S1, 2026-Q3 or 2026-09.", code=code)
        if found[2]:
            return cls.beginning(date(int(found[1]), int(found[2]), 1), Grain.MONTH, year_starts_in)
        first = date(int(found[1]) - (year_starts_in > 1), year_starts_in, 1)
        if found[3]:
            return cls.beginning(add_months(first, 3 * (int(found[3]) - 1)), Grain.QUARTER, year_starts_in)
        if found[4]:
            return cls.beginning(add_months(first, 6 * (int(found[4]) - 1)), Grain.SEMESTER, year_starts_in)
        return cls.beginning(first, Grain.YEAR, year_starts_in)

    @property
    def year(self) -> int:
        """The organisation's year in which the period lies, named by the calendar year in which that year ends."""
        return year_of(self.start, self.year_starts_in)

    @property
    def number(self) -> int:
        """The place in the organisation's year, from 1 (the third quarter is 3)."""
        return (self.start.month - self.year_starts_in) % 12 // MONTHS[self.grain] + 1

    @property
    def code(self) -> str:
        """The code that `parse` reads."""
        match self.grain:
            case Grain.MONTH:
                return f"{self.start:%Y-%m}"
            case Grain.QUARTER:
                return f"{self.year}-Q{self.number}"
            case Grain.SEMESTER:
                return f"{self.year}-S{self.number}"
            case Grain.YEAR:
                return f"{self.year}"

    @property
    def year_start(self) -> date:
        """First day of the organisation's year: the start of the span to date."""
        return add_months(self.start, -((self.start.month - self.year_starts_in) % 12))

    def shifted(self, steps: int) -> Period:
        """Return the period `steps` periods later (earlier when negative)."""
        return Period.beginning(add_months(self.start, steps * MONTHS[self.grain]), self.grain, self.year_starts_in)

    def years_later(self, years: int) -> Period:
        """Return the same period of another year: the like-for-like partner (`-every_years` for the one before)."""
        return Period.beginning(add_months(self.start, 12 * years), self.grain, self.year_starts_in)


@lru_cache(maxsize=10_000)
def _beginning(start: date, grain: Grain, year_starts_in: int) -> Period:
    """As Period.beginning, kept: thousands of figures lie in the same few periods."""
    return Period(start, end_of_month(add_months(start, MONTHS[grain] - 1)), grain, year_starts_in)


def year_of(day: date, year_starts_in: int) -> int:
    """Return the organisation's year that contains `day`."""
    return day.year + (year_starts_in > 1 and day.month >= year_starts_in)
