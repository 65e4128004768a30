"""The one family of errors; a message says the place, the thing and the remedy. Knows no screen and no store."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz import process


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return ` Did you mean 'X'?` for the closest of `known`, or an empty text when nothing is close."""
    best = process.extractOne(word.upper(), list(known), processor=str.upper, score_cutoff=60)
    return f" Did you mean '{best[0]}'?" if best else ""


class KpiError(Exception):
    """What a person can mend: refused content, a missing store, an unknown code. Exit code 1.

    `text` is the English message, or one with {places} that `values` fill, so that a screen can translate it.
    """

    def __init__(self, text: str = "", /, **values: object) -> None:
        super().__init__(text.format(**values) if values else text)
        self.text = text
        self.values = values


class UsageError(KpiError):
    """The call itself is wrong (an option, a range of dates). Exit code 2."""


class UnknownCode(KpiError):
    """A code that is not defined where it was looked up."""

    def __init__(self, kind: str, code: str, known: Iterable[str], where: str = "") -> None:
        place = f"{where}: " if where else ""
        super().__init__(f"{place}{kind} '{code}' is not defined.{did_you_mean(code, known)}")
        self.kind = kind
        self.code = code


class RefusedFile(KpiError):
    """A file that can't be read as a table at all: wrong encoding, delimiter, size or format."""


class StoreError(KpiError):
    """The store is absent, locked by another process, or damaged."""


class LockedFigures(StoreError):
    """Locked figures would change without a reason, or by one who may not change them.

    `text` is an English msgid with {places} that `values` fill, so that a screen can translate it.
    """

    def __init__(self, count: int, first: str, *, has_reason: bool) -> None:
        remedy = (
            "Only one who may change locked figures can do it." if has_reason else "Give a reason, as one who may."
        )
        text = "{count} locked figures would change, the first: {first}. Nothing was written. " + remedy
        super().__init__(text, count=count, first=first)
        self.count, self.first = count, first


class ProfileError(KpiError):
    """A rule profile that is unknown or breaks its own rules."""
