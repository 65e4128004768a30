"""Matches the names of units and indicators in a file with the known ones; proposes, and a person confirms."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from rapidfuzz import fuzz, process

from kpi.intake.sheets.words import fold, plain
from kpi.model import Indicator

_CLOSE: Final = 82.0
_IN_BRACKETS: Final = re.compile(r"\(([^()]*)\)")


class MatchedBy(StrEnum):
    """How a name was matched."""

    CODE = "code"
    NAME = "name"
    ALIAS = "alias"
    MAPPING = "mapping"  # a person said so in this import
    CLOSE = "close"  # only proposed: nothing is matched until a person confirms
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A known code that a name may mean; `score` 0–100, 100 = the same."""

    code: str
    name: str
    score: float


@dataclass(frozen=True, slots=True)
class NameMatch:
    """What became of one name in the file. `code` is None until it is certain."""

    text: str
    code: str | None
    matched_by: MatchedBy
    proposals: tuple[Proposal, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownCodes:
    """What the organisation already has. Aliases are texts of earlier files that a person has confirmed.

    `organisation` is the code of the whole: a title that names it beside one of its units is about the unit.
    """

    units: Mapping[str, str] = field(default_factory=dict)
    indicators: Mapping[str, Indicator] = field(default_factory=dict)
    unit_aliases: Mapping[str, str] = field(default_factory=dict)
    indicator_aliases: Mapping[str, str] = field(default_factory=dict)
    organisation: str | None = None

    def unit_names(self, confirmed: Mapping[str, str] | None = None) -> Catalogue:
        """Return the catalogue of units; `confirmed` are the names that a mapping settles."""
        return Catalogue.of(self.units, self.unit_aliases, confirmed or {}, self.organisation)

    def indicator_names(self, confirmed: Mapping[str, str] | None = None) -> Catalogue:
        """Return the catalogue of indicators; `confirmed` are the names that a mapping settles."""
        names = {code: indicator.name for code, indicator in self.indicators.items()}
        return Catalogue.of(names, self.indicator_aliases, confirmed or {})


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Known codes and names of one kind, folded for comparison. A fold that two codes share matches neither at once."""

    names: Mapping[str, str]
    exact: Mapping[str, tuple[MatchedBy, tuple[str, ...]]]
    near: Mapping[str, tuple[str, ...]]
    organisation: str | None = None

    @classmethod
    def of(
        cls,
        names: Mapping[str, str],
        aliases: Mapping[str, str],
        confirmed: Mapping[str, str],
        organisation: str | None = None,
    ) -> Catalogue:
        """Fold names, codes, aliases and a mapping's answers, the later ones with more weight."""
        exact: dict[str, tuple[MatchedBy, tuple[str, ...]]] = {}
        for kind, pairs in (
            (MatchedBy.NAME, ((name, code) for code, name in names.items())),
            (MatchedBy.CODE, ((code, code) for code in names)),
            (MatchedBy.ALIAS, aliases.items()),
            (MatchedBy.MAPPING, confirmed.items()),
        ):
            found: dict[str, list[str]] = {}
            for text, code in pairs:
                found.setdefault(fold(text), []).append(code)
            exact |= {text: (kind, tuple(dict.fromkeys(codes))) for text, codes in found.items() if text}
        near: dict[str, list[str]] = {}
        for code, name in names.items():
            for variant in variants(name):
                near.setdefault(variant, []).append(code)
        return cls(names, exact, {text: tuple(dict.fromkeys(codes)) for text, codes in near.items()}, organisation)

    def match(self, text: str, *, is_near: bool = True) -> NameMatch:
        """Match one name: exactly (case, spaces and punctuation apart), else with proposals, best first.

        Without `is_near` no close spelling is sought.
        """
        kind, codes = self.exact.get(fold(text), (MatchedBy.UNKNOWN, ()))
        if len(codes) == 1:
            return NameMatch(text, codes[0], kind)
        if codes:
            return NameMatch(text, None, MatchedBy.CLOSE, tuple(self._proposal(code, 100.0) for code in codes))
        proposals = self._close(text) if is_near else ()
        return NameMatch(text, None, MatchedBy.CLOSE if proposals else MatchedBy.UNKNOWN, proposals)

    def found_in(self, text: str) -> str | None:
        """Return the one code whose whole name (of two words or more) stands inside a longer text, or None."""
        words = f" {fold(text)} "
        inside = {
            variant: codes[0]
            for variant, codes in self.near.items()
            if len(codes) == 1 and " " in variant and f" {variant} " in words
        }
        units = {variant: code for variant, code in inside.items() if code != self.organisation}
        inside = units or inside
        longest = max(inside, key=len, default=None)
        others = [variant for variant in inside if longest and variant not in longest]
        return None if longest is None or others else inside[longest]

    def _close(self, text: str) -> tuple[Proposal, ...]:
        """Return at most three codes of close spelling."""
        best: dict[str, float] = {}
        for variant in variants(text):
            for known, score, _ in process.extract(
                variant, self.near.keys(), scorer=fuzz.token_sort_ratio, score_cutoff=_CLOSE, limit=5
            ):
                for code in self.near[known]:
                    best[code] = max(best.get(code, 0.0), min(score, 99.0))
        ordered = sorted(best.items(), key=lambda pair: (-pair[1], pair[0]))[:3]
        return tuple(self._proposal(code, score) for code, score in ordered)

    def _proposal(self, code: str, score: float) -> Proposal:
        return Proposal(code, self.names.get(code, code), round(score, 1))


def variants(name: str) -> tuple[str, ...]:
    """Return the folds of a name that are compared: whole, without brackets, and what the brackets hold (`AKI`)."""
    inner = [fold(part) for part in _IN_BRACKETS.findall(plain(name))]
    whole = [fold(name), fold(_IN_BRACKETS.sub(" ", plain(name)))]
    return tuple(dict.fromkeys(text for text in [*whole, *(part for part in inner if len(part) > 1)] if text))


def code_from(name: str) -> str:
    """Return a code made of a name that nobody has defined: `ANGKA_KEMATIAN_IBU_AKI`, at most 40 signs."""
    stem = re.sub(r"[^A-Z0-9]+", "_", fold(name).upper().replace("%", " PERSEN ")).strip("_")
    return stem[:40].strip("_") or "NEW"
