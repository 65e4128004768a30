"""A file as it was read: its known columns as text, and where each row stands. Judges nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray


class RowSource(Protocol):
    """Gives rows of the file back as they were written, to be set aside."""

    def rows(self, wanted: Sequence[int]) -> Iterator[list[str]]:
        """Yield the cells of the rows at these places (ascending), each in the file's own columns."""
        ...


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of one file, every cell still text; an empty text is an empty cell.

    `columns` holds what a tidy file knows (dictionary-encoded for CODED_COLUMNS). `lines` is where each row begins:
    the physical line, in Parquet the row from 1. `ragged` gives the number of cells of rows that don't fit the header.
    """

    path: Path
    digest: str
    header: tuple[str, ...]
    columns: Mapping[str, pa.ChunkedArray]
    lines: NDArray[np.int64]
    source: RowSource
    unknown: tuple[str, ...] = ()
    ragged: Mapping[int, int] = field(default_factory=dict)

    @property
    def row_count(self) -> int:
        """How many rows of data the file has."""
        return len(self.lines)
