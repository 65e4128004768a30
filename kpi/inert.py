"""Keeps texts from becoming live formulas in spreadsheet programs, and gives them back as they were. Knows no file.

A text that begins with = + - @ (full-width ones too), a tab or a line break gets an apostrophe before it, unless it is
a plain number or a lone sign; one that begins so behind apostrophes gets another. So every text comes back as it was.
"""

from __future__ import annotations

import re
from typing import Final

import pandas as pd

_LIVE: Final = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_HARMLESS: Final = re.compile(r"[+\-]?(?:[0-9]+(?:[.,][0-9]+)*(?:[eE][+\-]?[0-9]+)?%?)?")


def inert(text: str) -> str:
    """Return the text as it may stand in a file that a spreadsheet program opens."""
    return f"'{text}" if _is_live(text) else text


def as_it_was(text: str) -> str:
    """Return what `inert` was given."""
    return text[1:] if text[:1] == "'" and _is_live(text[1:]) else text


def inert_frame(table: pd.DataFrame) -> pd.DataFrame:
    """Return the table with its names and texts inert; missing stays missing, numbers and dates are left alone."""
    texts = [name for name, dtype in table.dtypes.items() if dtype in ("object", "str", "string")]
    return table.assign(**{str(name): table[name].map(_inert_cell, na_action="ignore") for name in texts}).rename(
        columns=_inert_cell
    )


def _is_live(text: str) -> bool:
    return _LIVE.match(text) is not None and _HARMLESS.fullmatch(text) is None


def _inert_cell(value: object) -> object:
    return inert(value) if isinstance(value, str) else value
