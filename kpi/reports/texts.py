"""Texts as files bear them: without the signs of Markdown of the screen's sentences, without control characters."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any, Final, TypeVar, cast  # Any: whatever a report is made of

from kpi.reports.content import Cell

T = TypeVar("T")

_SMALL: Final = re.compile(r":small\[(?::gray\[)?(.*?)\]?\](?=\s|$)")
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_SIGNS: Final = re.compile(r"\\(.)|\*\*")


def unmarked(text: str) -> str:
    """Return a text without Markdown: no emphasis, no small print, nothing escaped."""
    return _SIGNS.sub(lambda found: found[1] or "", _SMALL.sub(r"\1", text)).strip()


def printable(content: T) -> T:
    """Return content, however deep, without the control characters in its texts, which no XML can hold."""
    return cast("T", _printable(content))


def _printable(content: Any) -> Any:
    match content:
        case Enum():
            return content
        case str():
            return _CONTROLS.sub("", content)
        case Cell():
            return replace(content, text=_printable(content.text)) if _CONTROLS.search(content.text) else content
        case tuple():
            return tuple(_printable(part) for part in content)
        case dict():
            return {key: _printable(part) for key, part in content.items()}
    if not is_dataclass(content) or isinstance(content, type):
        return content
    parts = {field.name: getattr(content, field.name) for field in fields(content)}
    return replace(content, **{name: _printable(part) for name, part in parts.items()})
