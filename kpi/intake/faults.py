"""What is wrong with a file or with rows of it. A fault of rows writes its sentences only when they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kpi.errors import RefusedFile
from kpi.intake.messages import Message, mark
from kpi.intake.options import RowError
from kpi.intake.sheet import Sheet

MOST_LISTED: Final = 100_000
"""Errors of one file that are put into words; the rest are counted."""


class FileFault(RefusedFile):
    """A file that can't be read as a tidy table, with the line and column of the culprit where there is one."""

    def __init__(self, text: str, /, line: int | None = None, column: str | None = None, **values: object) -> None:
        super().__init__(text, **values)
        self.line = line
        self.column = column


@dataclass(frozen=True, slots=True)
class Fault:
    """One rule that rows break: which rows (places from 0), in which column, and the sentence for each."""

    rows: NDArray[np.int64]
    column: str | None
    say: Callable[[int], Message]


def fault(broken: NDArray[np.bool_], column: str | None, say: Callable[[int], Message] | str) -> Iterator[Fault]:
    """Yield a fault for the rows where `broken` is true, and none when there are none. A text alone has no places."""
    rows = np.flatnonzero(broken)
    if len(rows):
        yield Fault(rows, column, (lambda _: Message(say)) if isinstance(say, str) else say)


def on_line(line: int) -> Message:
    """Return in words where an earlier row stands."""
    return Message(mark("on line {line}"), {"line": line})


def broken_rows(faults: Iterable[Fault], row_count: int) -> NDArray[np.bool_]:
    """Return which rows have at least one fault."""
    broken = np.zeros(row_count, dtype=np.bool_)
    for each in faults:
        broken[each.rows] = True
    return broken


def in_words(faults: list[Fault], sheet: Sheet, most: int = MOST_LISTED) -> tuple[tuple[RowError, ...], int]:
    """Return the first errors in the order of the file, and how many were left out."""
    faults = [each for each in faults if len(each.rows)]
    if not faults:
        return (), 0
    rows = np.concatenate([each.rows for each in faults])
    which = np.repeat(np.arange(len(faults)), [len(each.rows) for each in faults])
    order = np.argsort(rows, kind="stable")[:most]
    errors = tuple(
        sheet.error(int(row), faults[number].column, faults[number].say(int(row)))
        for row, number in zip(rows[order], which[order], strict=True)
    )
    return errors, len(rows) - len(errors)
