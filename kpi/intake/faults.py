"""What is wrong with a file or with rows of it. A fault of rows writes its sentences only when they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kpi.errors import RefusedFile
from kpi.intake.options import RowError

MOST_LISTED: Final = 100_000
"""Errors of one file that are put into words; the rest are counted."""


class FileFault(RefusedFile):
    """A file that can't be read as a tidy table, with the line and column of the culprit where there is one."""

    def __init__(self, message: str, line: int | None = None, column: str | None = None) -> None:
        super().__init__(message)
        self.line = line
        self.column = column


@dataclass(frozen=True, slots=True)
class Fault:
    """One rule that rows break: which rows (places from 0), in which column, and the sentence for each."""

    rows: NDArray[np.int64]
    column: str | None
    say: Callable[[int], str]


def fault(broken: NDArray[np.bool_], column: str | None, say: Callable[[int], str] | str) -> Iterator[Fault]:
    """Yield a fault for the rows where `broken` is true, and none when there are none."""
    rows = np.flatnonzero(broken)
    if len(rows):
        yield Fault(rows, column, (lambda _: say) if isinstance(say, str) else say)


def broken_rows(faults: Iterable[Fault], row_count: int) -> NDArray[np.bool_]:
    """Return which rows have at least one fault."""
    broken = np.zeros(row_count, dtype=np.bool_)
    for each in faults:
        broken[each.rows] = True
    return broken


def in_words(faults: list[Fault], lines: NDArray[np.int64], path: Path) -> tuple[tuple[RowError, ...], int]:
    """Return the first errors in the order of the file, and how many were left out."""
    if not faults:
        return (), 0
    rows = np.concatenate([each.rows for each in faults])
    which = np.repeat(np.arange(len(faults)), [len(each.rows) for each in faults])
    order = np.argsort(rows, kind="stable")[:MOST_LISTED]
    errors = tuple(
        RowError(int(lines[row]), faults[number].column, faults[number].say(int(row)), path)
        for row, number in zip(rows[order], which[order], strict=True)
    )
    return errors, len(rows) - len(errors)
