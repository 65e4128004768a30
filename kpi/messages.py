"""What is said to people: an English text with {places}, and the values that fill them, for screens to translate.

A value may be a message of its own (a hint, a reason), which is translated with it. Knows no screen and no catalogue.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol


def mark(msgid: str) -> str:
    """Return `msgid` itself: marks a text that is translated later, so that the check of the catalogues finds it."""
    return msgid


class Said(Protocol):
    """A text with places and its values: a message, a finding, an error of a row, a refusal."""

    @property
    def text(self) -> str:
        """The English text with its places."""
        ...

    @property
    def values(self) -> Mapping[str, object]:
        """What fills the places."""
        ...


@dataclass(frozen=True, slots=True)
class Message:
    """One sentence, or a part of one. `text` is the msgid."""

    text: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        """Return the English words."""
        return self.text.format(**self.values) if self.values else self.text


@dataclass(frozen=True, slots=True)
class Number:
    """A number to be read, written as each language does: 20,000 or 20.000. No code, line or year is one."""

    value: float
    decimals: int = 0

    def __str__(self) -> str:
        """Return the number as English writes it."""
        return f"{self.value:,.{self.decimals}f}"


def joined(parts: Sequence[Message], between: str = "; ") -> Message:
    """Return several messages as one."""
    values = {f"part_{number}": part for number, part in enumerate(parts)}
    return Message(between.join(f"{{{name}}}" for name in values), values)


OS_REASONS: Final = (
    mark("No such file or directory"),
    mark("Permission denied"),
    mark("Not a directory"),
    mark("Is a directory"),
    mark("File exists"),
    mark("No space left on device"),
    mark("Read-only file system"),
    mark("Input/output error"),
)
"""What systems commonly say of a file that can't be used."""


def reason_of(error: OSError) -> Message:
    """Return in words why the system refused; an uncommon reason stays in the system's own words."""
    return Message(error.strerror or type(error).__name__)


def close_to(word: str, known: Iterable[str]) -> Message:
    """Return ` Did you mean 'X'?` for the closest of `known`, or an empty text when nothing is close."""
    from rapidfuzz import process  # loads 15 ms; most are never asked what they meant

    best = process.extractOne(word.upper(), list(known), processor=str.upper, score_cutoff=60)
    return Message(mark(" Did you mean '{code}'?"), {"code": best[0]}) if best else Message("")
