"""Names and texts from data, made safe to stand inside Markdown: they show as they are written."""

from __future__ import annotations

import re
from typing import Final

_SIGNS: Final = re.compile(r"([\\`*_\[\]$~:<>#|])")
_LIST: Final = re.compile(r"^(\s*)([-+]|\d+[.)])(?=\s)")


def plain(text: str) -> str:
    """Return a text whose signs mean nothing in Markdown: no list, emphasis, formula, link or colour."""
    escaped = _SIGNS.sub(r"\\\1", text)
    return _LIST.sub(lambda found: found[1] + found[2][:-1] + "\\" + found[2][-1], escaped)
