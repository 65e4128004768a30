"""Which of an organisation's choices of a rule profile holds for a year. Knows no profile's content."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

DEFAULT_PROFILE: Final = "kmk"


def profile_of_year(choices: Iterable[tuple[int, str]], year: int | None) -> str | None:
    """Return the code of the newest choice that holds for `year`, or None without one.

    `choices` in the order in which they were made: the first year each holds for (0 = all) and the code. `year` None =
    the choice made for the latest years.
    """
    holding = [code for from_year, code in choices if year is None or from_year <= year]
    return holding[-1] if holding else None
