"""By when a period's figures are due: working days in Indonesia after its end. Does no I/O, knows no clock."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import Final

WORKING_DAYS: Final = 10
"""How many working days after a period's end its figures are due where an organisation has stated nothing."""
COMPLETENESS, PUNCTUALITY = "KELENGKAPAN_LAPORAN", "KETEPATAN_LAPORAN"
"""The indicators that count how reporting went; they are not reports themselves, so none is due or late."""
_SATURDAY: Final = 5


def due_on(period_end: date, working_days: int = WORKING_DAYS) -> date:
    """Return the last day on which the figures of a period are in time: `working_days` working days after its end.

    Working days are Monday to Friday without national holidays and joint leave (cuti bersama). Days that follow the
    moon are estimates of the package `holidays` until the decree names them. Raises ValueError for less than one day.
    """
    if working_days < 1:
        raise ValueError(f"Figures can't be due {working_days} working days after a period's end. Give 1 or more.")
    day, left = period_end, working_days
    while left:
        day += timedelta(days=1)
        left -= is_working_day(day)
    return day


def is_working_day(day: date) -> bool:
    """Say whether offices work on `day`."""
    return day.weekday() < _SATURDAY and day not in _days_off(day.year)


@cache
def _days_off(year: int) -> frozenset[date]:
    import holidays  # loads for a while; pages that show no due date need none of it

    return frozenset(holidays.country_holidays("ID", years=year, categories=("public", "government")))
