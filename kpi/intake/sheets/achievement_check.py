"""Compares the achievement that a file carries with ours, and explains each difference; corrects nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Final

import numpy as np
import pandas as pd

from kpi.intake.messages import Message, mark
from kpi.intake.sheets.figures import Figure
from kpi.intake.sheets.findings import Finding, info, warning
from kpi.intake.sheets.headers import ROLE_WORDS, Role
from kpi.intake.sheets.numbers import ParsedNumber, Reading
from kpi.intake.sheets.polarities import WAYS
from kpi.model import Polarity
from kpi.scoring.profile import load_profile
from kpi.scoring.table import score_table

PROFILES: Final = ("kmk", "lkjip_a", "lkjip_b", "permenpan8")
_TRIED: Final = (Polarity.MAXIMIZE, Polarity.MINIMIZE, Polarity.STABILIZE)
_CAPS: Final = (100.0, 110.0, 120.0, 150.0, 200.0)
_CLOSE: Final = 0.0101
"""Percentage points within which two achievements are the same figure, rounded to two decimals."""
_ROUNDED: Final = 0.051
"""Percentage points that published figures lie off because they were made from unrounded inputs (RULES §7)."""
_NOTHING: Final = Message("")
Formula = tuple[Polarity, str]


class Difference(StrEnum):
    """Why the file's own achievement is not ours."""

    ROUNDING = "rounding"
    OTHER_CAP = "other_cap"
    OTHER_POLARITY = "other_polarity"
    OTHER_FORMULA = "other_formula"
    WRONG_CELL = "wrong_cell"
    UNEXPLAINED = "unexplained"


@dataclass(frozen=True, slots=True)
class Compared:
    """One figure with the achievement of the file and ours, in percent. `difference` None = they agree.

    `ours` is None while the direction is not stated or nothing can be computed; `formulas` are all that give the
    file's figure.
    """

    figure: Figure
    theirs: float
    ours: float | None
    difference: Difference | None
    words: Message
    formulas: tuple[Formula, ...]


def compare_achievements(
    figures: Sequence[Figure], polarities: Sequence[Polarity | None], profile: str
) -> list[Compared]:
    """Compare every figure that has value, target and an achievement of its own with ours under a rule profile.

    `polarities` go with the figures, None = not stated. Our figures are the formula's alone, before cap and floor.
    """
    kept = [
        (figure, polarity)
        for figure, polarity in zip(figures, polarities, strict=True)
        if all(figure.number(role) is not None for role in (Role.VALUE, Role.TARGET, Role.ACHIEVEMENT))
        and (_high(figure) or figure.number(Role.TARGET) or 0.0) >= (figure.number(Role.TARGET) or 0.0)
    ]
    if not kept:
        return []
    own = tuple(figure for figure, _ in kept)
    table = _all_formulas(own)
    comparison = _Comparison(own, _in_percent(own, table), table, profile)
    return [comparison.of(number, polarity) for number, (_, polarity) in enumerate(kept)]


def achievement_findings(compared: Sequence[Compared]) -> list[Finding]:
    """Return a finding for each difference: rounding is only said, everything else is a warning."""
    found = []
    for one in compared:
        if one.difference is None or one.ours is None:
            continue
        say = info if one.difference is Difference.ROUNDING else warning
        text = mark("The file's own achievement is {theirs} %, ours {ours} %: {words}.")
        cell = one.figure.cell(Role.ACHIEVEMENT)
        found.append(
            say(one.figure.sheet, cell, text, theirs=f"{one.theirs:.2f}", ours=f"{one.ours:.2f}", words=one.words)
        )
    return found


def _all_formulas(figures: Sequence[Figure]) -> Mapping[Formula, np.ndarray]:
    """Return, in percent, what each direction gives under each rule profile. NaN where a rule gives nothing."""
    frame = pd.DataFrame(
        {
            "value": [figure.number(Role.VALUE) for figure in figures],
            "target": [figure.number(Role.TARGET) for figure in figures],
            "target_high": [_high(figure) for figure in figures],
        },
        dtype="float64",
    )
    return {
        (polarity, profile): score_table(frame.assign(polarity=polarity.value), load_profile(profile))[
            "achievement"
        ].to_numpy()
        * 100.0
        for polarity in _TRIED
        for profile in PROFILES
    }


def _high(figure: Figure) -> float | None:
    amount = figure.amounts.get(Role.TARGET)
    return amount.parsed.high if amount and amount.parsed.high is not None else figure.number(Role.TARGET_HIGH)


def _in_percent(figures: Sequence[Figure], table: Mapping[Formula, np.ndarray]) -> np.ndarray:
    """Return the file's achievements in percent: as they are, or times 100 where that explains more of them."""
    raw = np.array([figure.number(Role.ACHIEVEMENT) for figure in figures], dtype="float64")
    shown = np.array([figure.amounts[Role.ACHIEVEMENT].parsed.is_percent for figure in figures])
    ratios = np.where(shown, raw, raw * 100.0)

    def explained(candidate: np.ndarray) -> int:
        return int(np.any([np.abs(values - candidate) <= _ROUNDED for values in table.values()], axis=0).sum())

    return ratios if explained(ratios) > explained(raw) else raw


@dataclass(frozen=True)
class _Comparison:
    """All figures of a file that carry an achievement; `theirs` and the columns of `table` go with `figures`."""

    figures: tuple[Figure, ...]
    theirs: np.ndarray
    table: Mapping[Formula, np.ndarray]
    profile: str

    @cached_property
    def rows(self) -> Mapping[tuple[str, int], list[int]]:
        """The places of the figures by sheet and row."""
        found: dict[tuple[str, int], list[int]] = {}
        for place, figure in enumerate(self.figures):
            found.setdefault((figure.sheet, figure.row), []).append(place)
        return found

    def of(self, number: int, polarity: Polarity | None) -> Compared:
        """Compare one figure, and look for what explains a difference."""
        figure, said = self.figures[number], float(self.theirs[number])
        formulas = tuple(formula for formula, values in self.table.items() if abs(values[number] - said) <= _ROUNDED)
        if polarity is None or (polarity, self.profile) not in self.table:
            return Compared(figure, said, None, None, _NOTHING, formulas)
        ours = float(self.table[polarity, self.profile][number])
        if np.isnan(ours):
            return Compared(figure, said, None, None, _NOTHING, formulas)
        if abs(ours - said) <= _CLOSE:
            return Compared(figure, said, ours, None, _NOTHING, formulas)
        difference, words = self._explained(number, ours, polarity)
        return Compared(figure, said, ours, difference, words, formulas)

    def _explained(self, number: int, ours: float, polarity: Polarity) -> tuple[Difference, Message]:
        """Try the explanations from the most harmless on."""
        said = float(self.theirs[number])
        if abs(said - ours) <= _ROUNDED:
            return Difference.ROUNDING, Message(mark("only rounded otherwise"))
        cap = next((cap for cap in _CAPS if ours > cap and abs(said - cap) <= _CLOSE), None)
        if cap is not None:
            return Difference.OTHER_CAP, Message(mark("the file stops at {cap:g} %"), {"cap": cap})
        if ours < 0 and abs(said) <= _CLOSE:
            return Difference.OTHER_CAP, Message(mark("the file stops at {cap:g} %"), {"cap": 0.0})
        fits = [formula for formula, values in self.table.items() if _same(values[number], said)]
        for direction, rules in fits:
            if direction is polarity:
                text = mark("the formula of the rule profile {rules} gives the file's figure")
                return Difference.OTHER_FORMULA, Message(text, {"rules": rules})
        for direction, rules in fits:
            text = mark("as {direction} ({rules}) it would be the file's figure, so perhaps the direction is wrong")
            return Difference.OTHER_POLARITY, Message(text, {"direction": Message(WAYS[direction]), "rules": rules})
        if abs(said - ours) <= _half_step(self.figures[number].amounts[Role.ACHIEVEMENT].parsed) + 1e-9:
            return Difference.ROUNDING, Message(mark("only rounded otherwise"))
        other = self._other_cell(number, said, self.table[polarity, self.profile])
        if other is not None:
            return Difference.WRONG_CELL, other
        return Difference.UNEXPLAINED, Message(mark("no rule explains it"))

    def _other_cell(self, number: int, said: float, ours: np.ndarray) -> Message | None:
        """Return in words which neighbouring cell the file's formula seems to point at, None where none fits."""
        mine = self.figures[number]
        value, target = mine.number(Role.VALUE), mine.number(Role.TARGET)
        near = (place for row in range(mine.row - 3, mine.row + 4) for place in self.rows.get((mine.sheet, row), ()))
        for place in near:
            other = self.figures[place]
            if place == number:
                continue
            if abs(ours[place] - said) <= _CLOSE or self._is_of(place, said):
                text = mark("it is that of {cell}, so its formula seems to point at another row or period")
                return Message(text, {"cell": other.cell(Role.VALUE)})
            for role, share in (
                (Role.TARGET, _share(value, other.number(Role.TARGET))),
                (Role.VALUE, _share(other.number(Role.VALUE), target)),
            ):
                if share is not None and abs(share - said) <= _CLOSE:
                    text = mark("it fits the {role} in {cell}, so its formula seems to point at a wrong cell")
                    return Message(text, {"role": Message(ROLE_WORDS[role]), "cell": other.cell(role)})
        return None

    def _is_of(self, place: int, said: float) -> bool:
        """Say whether a figure is another's achievement, by the formula that the file itself uses there."""
        theirs = self.theirs[place]
        is_used = (abs(values[place] - theirs) <= _ROUNDED for values in self.table.values())
        return abs(theirs - said) <= _CLOSE and any(is_used)


def _half_step(parsed: ParsedNumber) -> float:
    """Return half of the last decimal that a written achievement shows, in percentage points; 0.5 for a whole one."""
    if parsed.reading is Reading.TYPED_PERCENT:
        return 0.0
    digits = parsed.text.split(" ")[0].rstrip("%").replace(",", ".").rpartition(".")
    return 0.5 * 10.0 ** -len(digits[2]) if digits[1] else 0.5


def _same(value: float, said: float) -> bool:
    """Say whether a formula gives the file's figure, capped or not."""
    return bool(abs(value - said) <= _ROUNDED or any(value > cap and abs(cap - said) <= _CLOSE for cap in _CAPS[:3]))


def _share(value: float | None, target: float | None) -> float | None:
    return 100.0 * value / target if value is not None and target else None
