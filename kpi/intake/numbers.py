"""Reads numbers as tidy files write them: digits and a decimal dot. Guesses nothing; says what a text might mean."""

# pyright: reportAttributeAccessIssue=false
# pyarrow.compute makes its functions at import, where a type checker can't see them.

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from kpi.intake.faults import Fault, fault
from kpi.intake.messages import Message, mark

_NUMBER: Final = r"^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?$"
_DECIMAL_COMMA: Final = re.compile(r"[+-]?\d+,\d+")
_THOUSANDS: Final = re.compile(r"[+-]?\d{1,3}([.,\s']\d{3})+([.,]\d+)?")
_EXPONENT: Final = re.compile(r"[^.eE]*(?:\.(\d*))?[eE]([+-]?\d+)")


def trimmed(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return a column of text without spaces around; empty texts stay empty."""
    return pc.utf8_trim_whitespace(column)


def read_numbers(texts: pa.ChunkedArray) -> NDArray[np.float64]:
    """Return the numbers (float64); NaN where the text is empty, no number, or not finite."""
    filled = pc.if_else(pc.equal(texts, ""), None, texts)
    try:
        numbers = filled.cast(pa.float64())
    except pa.ArrowInvalid:
        is_number = pc.match_substring_regex(filled, _NUMBER)
        numbers = pc.if_else(is_number, filled, None).cast(pa.float64())
    values = numbers.to_numpy().astype(np.float64, copy=True)
    values[np.isinf(values)] = np.nan
    return values


def unread(texts: pa.ChunkedArray, numbers: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return on which rows a text stands that gave no number."""
    return np.isnan(numbers) & pc.not_equal(texts, "").to_numpy()


def number_faults(column: str, texts: pa.ChunkedArray, is_unread: NDArray[np.bool_]) -> Iterator[Fault]:
    """Yield the rows whose text is no number."""
    yield from fault(is_unread, column, lambda row: _no_number(texts[row].as_py()))


def written_decimals(texts: pa.ChunkedArray) -> NDArray[np.int8]:
    """Return how many decimals each number is written with (`1.5e-3` has four); 0 for no number."""
    dot = pc.find_substring(texts, ".").to_numpy()
    length = pc.utf8_length(texts).to_numpy()
    decimals = np.where(dot >= 0, length - dot - 1, 0).clip(0, 100).astype(np.int8)
    for row in np.flatnonzero(pc.match_substring(pc.ascii_lower(texts), "e").to_numpy()):
        found = _EXPONENT.fullmatch(texts[int(row)].as_py())
        decimals[row] = min(max(len(found[1] or "") - int(found[2]), 0), 100) if found else 0
    return decimals


def _no_number(text: str) -> Message:
    if text.lower().lstrip("+-") in ("nan", "inf", "infinity") or re.fullmatch(_NUMBER, text):
        words = mark("'{text}' is not a finite number. Leave the cell empty when there is no figure.")
    elif _DECIMAL_COMMA.fullmatch(text) and not _THOUSANDS.fullmatch(text):
        words = mark("'{text}' is not a number here. Write {mended}, with a dot before the decimals.")
    elif _THOUSANDS.fullmatch(text):
        words = mark(
            "'{text}' is not a number here. Write it without marks for thousands and with a dot before decimals."
        )
    else:
        words = mark("'{text}' is not a number. Write digits with a dot before decimals, or leave the cell empty.")
    return Message(words, {"text": text, "mended": text.replace(",", ".")})
