"""The one family of errors; a message says the place, the thing and the remedy. Knows no screen and no store."""

from __future__ import annotations

from collections.abc import Iterable

from kpi.messages import Message, close_to, mark

KINDS = (
    mark("organisation"),
    mark("unit"),
    mark("indicator"),
    mark("employee"),
    mark("statement"),
)
"""What a code may be the code of."""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return ` Did you mean 'X'?` for the closest of `known`, or an empty text when nothing is close."""
    return str(close_to(word, known))


class KpiError(Exception):
    """What a person can mend: refused content, a missing store, an unknown code. Exit code 1.

    `text` is the English message, or one with {places} that `values` fill, so that a screen can translate it; a value
    may be a message of its own. The text is a literal: tests/test_i18n.py finds it, and asks for its translation.
    """

    def __init__(self, text: str = "", /, **values: object) -> None:
        super().__init__(text.format(**values) if values else text)
        self.text = text
        self.values = values


class UsageError(KpiError):
    """The call itself is wrong (an option, a range of dates). Exit code 2."""


class UnknownCode(KpiError):
    """A code that is not defined where it was looked up. `kind` is one of KINDS."""

    def __init__(self, kind: str, code: str, known: Iterable[str], where: str | Message = "") -> None:
        place = Message("{where}: ", {"where": where}) if where else Message("")
        text = mark("{place}{kind} '{code}' is not defined.{hint}")
        super().__init__(text, place=place, kind=Message(kind), code=code, hint=close_to(code, known))
        self.kind = kind
        self.code = code


class RefusedFile(KpiError):
    """A file that can't be read as a table at all: wrong encoding, delimiter, size or format."""


class StoreError(KpiError):
    """The store is absent, locked by another process, or damaged."""


class LockedFigures(StoreError):
    """Locked figures would change without a reason, or by one who may not change them. `first` names one of them."""

    def __init__(self, count: int, first: Message, *, has_reason: bool) -> None:
        remedy = (
            mark("Only one who may change locked figures can do it.")
            if has_reason
            else mark("Give a reason, as one who may.")
        )
        text = mark("{count} locked figures would change, the first: {first}. Nothing was written. {remedy}")
        super().__init__(text, count=count, first=first, remedy=Message(remedy))
        self.count, self.first = count, first


class ProfileError(KpiError):
    """A rule profile that is unknown or breaks its own rules."""


class AccessRefused(KpiError):
    """The reader was not granted what was asked for; nothing was shown or written, and the access log says so.

    `what` is a message that goes on from "may not".
    """

    def __init__(self, place: Message, what: Message) -> None:
        text = mark("{place}you may not {what}. An administrator can give you the role, where it is yours.")
        super().__init__(text, place=place, what=what)
