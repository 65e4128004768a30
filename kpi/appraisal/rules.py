"""The rules that appraisal follows: what they are called, how sure they are, where they were read. Knows no figure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kpi.model import Mark


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule to be named beside what follows from it; `sources` are the ids of docs/methodology-people.md."""

    name: str
    mark: Mark
    sources: tuple[str, ...]


MATRIX_RULE: Final = Rule("PermenPANRB 6/2022", Mark.SECONDARY, ("S09", "S25", "S26"))
DISTRIBUTION_RULE: Final = Rule("SE MenPANRB 3/2023", Mark.SECONDARY, ("S21", "S22", "S23", "S24"))
CREDIT_RULE: Final = Rule("Peraturan BKN 3/2023", Mark.VERIFIED, ("S27",))
