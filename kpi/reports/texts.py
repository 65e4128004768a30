"""Sentences of the screen as plain text: the signs of Markdown taken off, what they marked kept."""

from __future__ import annotations

import re
from typing import Final

_SMALL: Final = re.compile(r":small\[(?::gray\[)?(.*?)\]?\](?=\s|$)")
_SIGNS: Final = re.compile(r"\\(.)|\*\*")


def unmarked(text: str) -> str:
    """Return a text without Markdown: no emphasis, no small print, nothing escaped."""
    return _SIGNS.sub(lambda found: found[1] or "", _SMALL.sub(r"\1", text)).strip()
