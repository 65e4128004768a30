"""Columns in which few things stand on many rows: a small whole number per row, and each thing once. Knows no rule."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from kpi.inert import as_it_was

T = TypeVar("T")
S = TypeVar("S")


@dataclass(frozen=True, slots=True)
class Coded(Generic[T]):
    """`codes` (int32, one per row) points into `distinct`; −1 = nothing stands there."""

    codes: NDArray[np.int32]
    distinct: tuple[T, ...]

    @classmethod
    def absent(cls, row_count: int) -> Coded[T]:
        """Return a column in which nothing stands; it takes no memory per row."""
        return cls(np.broadcast_to(np.int32(-1), row_count), ())

    @classmethod
    def constant(cls, value: T, row_count: int) -> Coded[T]:
        """Return a column in which `value` stands on every row; it takes no memory per row."""
        return cls(np.broadcast_to(np.int32(0), row_count), (value,))

    @property
    def is_stated(self) -> NDArray[np.bool_]:
        """On which rows something stands."""
        return self.codes >= 0

    def at(self, row: int) -> T | None:
        """Return what stands on a row."""
        code = self.codes[row]
        return self.distinct[code] if code >= 0 else None

    def spread(self, per_value: NDArray[np.generic], otherwise: object) -> NDArray[np.generic]:
        """Return for each row the entry of `per_value` that belongs to what stands there."""
        return np.append(per_value, np.array([otherwise], dtype=per_value.dtype))[self.codes]

    def read_as(self, parse: Callable[[T], S | None]) -> Coded[S]:
        """Return the column parsed; −1 also where `parse` gives None. Equal results share a code."""
        if not self.distinct:
            return Coded(self.codes, ())
        places: dict[S, int] = {}
        translated = np.full(len(self.distinct) + 1, -1, dtype=np.int32)
        for code, value in enumerate(self.distinct):
            parsed = parse(value)
            if parsed is not None:
                translated[code] = places.setdefault(parsed, len(places))
        return Coded(translated[self.codes], tuple(places))


def coded_text(column: pa.ChunkedArray) -> Coded[str]:
    """Return a dictionary-encoded column of text, without spaces around; an empty text is nothing.

    A text that was made inert for a spreadsheet program is as it was.
    """
    if column.num_chunks == 0:
        return Coded.absent(0)
    plain = column.unify_dictionaries().combine_chunks()
    encoded = plain.chunk(0) if isinstance(plain, pa.ChunkedArray) else plain
    raw = Coded(
        encoded.indices.to_numpy(zero_copy_only=False).astype(np.int32, copy=False),
        tuple(encoded.dictionary.to_pylist()),
    )
    return raw.read_as(lambda text: as_it_was(text).strip() or None)


def first_rows(owner: Coded[str], among: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return for each value of `owner` the first row among `among` on which it stands, −1 where there is none."""
    first = np.full(len(owner.distinct) + 1, -1, dtype=np.int64)
    rows = np.flatnonzero(among)[::-1]
    first[owner.codes[rows]] = rows  # of several the last one stays: the first in the file
    return first[:-1]


@dataclass(frozen=True, slots=True)
class Reference(Generic[T]):
    """What holds for each owner (a unit, an indicator): what is known of it, else what the file says first.

    `by_owner` has an entry per value of the owner column, None where nobody says anything; `first` is the row that says
    it, −1 where it is known or unsaid. `differs` marks the rows that say something else.
    """

    by_owner: tuple[T | None, ...]
    first: NDArray[np.int64]
    differs: NDArray[np.bool_]


def reference(
    owner: Coded[str], attribute: Coded[T], known: Mapping[str, T], among: NDArray[np.bool_] | None = None
) -> Reference[T]:
    """Return what holds for each owner; only the rows `among` are heard (all unless told)."""
    if not attribute.distinct:
        return _unsaid(owner, known)
    heard = attribute.is_stated & owner.is_stated
    heard = heard if among is None else heard & among
    first = first_rows(owner, heard)
    codes = np.where(first >= 0, attribute.codes[first], -1)
    values: list[T | None] = [attribute.distinct[code] if code >= 0 else None for code in codes.tolist()]
    place_of = {value: place for place, value in enumerate(attribute.distinct)}
    for place, name in enumerate(owner.distinct):
        if name in known:
            values[place], codes[place], first[place] = known[name], place_of.get(known[name], -2), -1
    differs = heard & (attribute.codes != np.append(codes, -1)[owner.codes])
    return Reference(tuple(values), first, differs)


def _unsaid(owner: Coded[str], known: Mapping[str, T]) -> Reference[T]:
    """Return what holds where the file says nothing."""
    nowhere = np.full(len(owner.distinct), -1, dtype=np.int64)
    nobody = np.zeros(len(owner.codes), dtype=np.bool_)
    return Reference(tuple(known.get(name) for name in owner.distinct), nowhere, nobody)


def known_values(things: Mapping[str, S], read: Callable[[S], T | None]) -> dict[str, T]:
    """Return what `read` finds in each of `things`, without those in which it finds nothing."""
    found = {code: read(thing) for code, thing in things.items()}
    return {code: value for code, value in found.items() if value is not None}
