"""What intake says to people: an English text with places, and the values that fill them, for screens to translate.

A value may be a message of its own (a hint, a reason), which is translated with it. Knows no screen.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol

from rapidfuzz import process

from kpi.i18n import Translator, mark

__all__ = ["Message", "Said", "close_to", "joined", "mark", "plain_values", "translated"]


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


def joined(parts: Sequence[Message], between: str = "; ") -> Message:
    """Return several messages as one."""
    values = {f"part_{number}": part for number, part in enumerate(parts)}
    return Message(between.join(f"{{{name}}}" for name in values), values)


def translated(t: Translator, said: Said) -> str:
    """Return the words in the translator's language, the messages among the values too."""
    return t(said.text, **{name: _in_words(t, value) for name, value in said.values.items()})


def _in_words(t: Translator, value: object) -> object:
    match value:
        case Message():
            return translated(t, value)
        case {"text": str() as text, "values": Mapping() as values}:  # as the record keeps it
            return translated(t, Message(text, values))
        case int() | float() if t.language == "id":
            return _Indonesian(value)
        case _:
            return value


@dataclass(frozen=True, slots=True)
class _Indonesian:
    """A number that fills its place in a sentence as Indonesians write it, whatever format the place asks for."""

    number: float

    def __format__(self, form: str) -> str:
        return format(self.number, form).translate(_SWAPPED)


_SWAPPED: Final = str.maketrans(".,", ",.")


def plain_values(values: Mapping[str, object]) -> dict[str, object]:
    """Return values as JSON can hold them; a message stays a text with its values, so that it can be translated."""
    return {name: _plain(value) for name, value in values.items()}


def _plain(value: object) -> object:
    match value:
        case Message():
            return {"text": value.text, "values": plain_values(value.values)}
        case None | bool() | int() | float() | str():
            return value
        case _:
            return str(value)


def close_to(word: str, known: Iterable[str]) -> Message:
    """Return ` Did you mean 'X'?` for the closest of `known`, or an empty text when nothing is close."""
    best = process.extractOne(word.upper(), list(known), processor=str.upper, score_cutoff=60)
    return Message(mark(" Did you mean '{code}'?"), {"code": best[0]}) if best else Message("")
