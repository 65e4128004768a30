"""Text as people type it, folded so that spelling alone makes no difference; knows no column and no name."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

_FULL_WIDTH: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_SPACES: Final = dict.fromkeys([*range(0x2000, 0x200B), 0x00A0, 0x202F, 0x205F, 0x3000, 0x1680, *range(9, 14)], " ")
_NOTHING: Final = dict.fromkeys([0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x00AD], "")
_TABLE: Final[dict[int, int | str]] = {**_FULL_WIDTH, **_SPACES, **_NOTHING}
_RUNS: Final = re.compile(r" {2,}")
_NOT_WORDS: Final = re.compile(r"[^\w%]+|_")


def plain(text: str) -> str:
    """Return the text with full-width signs made narrow, every space made one plain space, and the ends trimmed.

    Superscripts and fractions stay as they are: `12²` must not become 122.
    """
    return _RUNS.sub(" ", text.translate(_TABLE)).strip()


@lru_cache(maxsize=20_000)
def fold(text: str) -> str:
    """Return the words alone, in one case, without accents and punctuation; `%` is kept."""
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", plain(text)) if not unicodedata.combining(sign))
    return " ".join(_NOT_WORDS.sub(" ", bare.casefold().replace("%", " % ")).split())


def shortened(text: str, length: int = 60) -> str:
    """Return the text for a message, cut where it is long."""
    flat = plain(text)
    return flat if len(flat) <= length else f"{flat[: length - 1]}…"
