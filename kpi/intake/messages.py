"""What intake says to people, put into the reader's language or into JSON. Knows no screen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from kpi.errors import KpiError
from kpi.i18n import Translator, mark
from kpi.messages import Message, Number, Said, close_to, joined, reason_of

__all__ = ["Message", "Number", "Said", "close_to", "joined", "mark", "plain_values", "reason_of", "translated"]


def translated(t: Translator, said: Said) -> str:
    """Return the words in the translator's language, the messages among the values too."""
    return t(said.text, **{name: _in_words(t, value) for name, value in said.values.items()})


def _in_words(t: Translator, value: object) -> object:
    match value:
        case Message() | KpiError():
            return translated(t, value)
        case Number():
            return t.number(value.value, value.decimals)
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
        case Message() | KpiError():
            return {"text": value.text, "values": plain_values(value.values)}
        case None | bool() | int() | float() | str():
            return value
        case _:
            return str(value)
