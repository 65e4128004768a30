"""One opening of a published snapshot, shared by the whole process. Knows no question.

One read-only connection per file and process, a cursor per question, every answer fetched whole: it may be asked from
many threads at once.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC
from pathlib import Path
from typing import Any, ClassVar, Final, Self  # Any: values bound to the SQL's parameters

import duckdb
import pandas as pd

from kpi.errors import StoreError
from kpi.model import SnapshotMeta
from kpi.store.engine import connect, sql
from kpi.store.versions import SNAPSHOTS, current_version, path_of

_KEPT_OPEN: Final = 6
_ATTEMPTS: Final = 20
_open: OrderedDict[Path, tuple[tuple[int, int], Any]] = OrderedDict()  # Any: openings of the one class that is opened
_opening = threading.Lock()


@dataclass(slots=True)
class Opening:
    """A file opened once for the whole process, and the answers that every page asks for again."""

    connection: duckdb.DuckDBPyConnection
    meta: SnapshotMeta | None = None
    kept: dict[tuple[str, tuple[tuple[str, Any], ...]], pd.DataFrame] = field(default_factory=dict)
    kept_rows: dict[str, list[tuple[Any, ...]]] = field(default_factory=dict)


class Reading:
    """What every question to a snapshot shares; `Snapshot` has them all."""

    _folder: ClassVar[str] = SNAPSHOTS
    _questions: ClassVar[str] = "snapshot"
    _kept: ClassVar[frozenset[str]] = frozenset()
    """Questions whose answers are kept: small, and asked by every page. A snapshot never changes."""

    def __init__(self, opening: Opening) -> None:
        self._opening = opening
        if opening.meta is None:
            (version, record_version, published_at, today, as_known_at) = self._rows("meta")[0]
            opening.meta = SnapshotMeta(version, record_version, published_at.replace(tzinfo=UTC), today, as_known_at)
        self.meta = opening.meta

    @property
    def shared(self) -> Opening:
        """The opening of the whole process, for another reader of it."""
        return self._opening

    @classmethod
    def open(cls, store: Path, version: str | None = None) -> Self:
        """Open a version, or the current one; the same process gets the same opening again.

        A current version that is pruned between looking and opening is looked for anew. Raises StoreError when there
        is no snapshot, or none of that version.
        """
        wanted = version or ""
        for _ in range(_ATTEMPTS):
            wanted = version or current_version(store, cls._folder)
            path = path_of(store, wanted, cls._folder).resolve()
            with _opening:
                found = cls._opened(path)
            if found is not None:
                return found
            if version is not None:
                break
        text = "{store}: snapshot {version} is not there (any more). Take the current one, or publish anew."
        raise StoreError(text, store=store, version=wanted)

    @classmethod
    def _opened(cls, path: Path) -> Self | None:
        """Return the cached or a new opening of `path`; None when the file is gone and was not open."""
        cached = _open.get(path)
        try:
            found = path.stat()
        except FileNotFoundError:
            return cached[1] if cached else None  # pruned, but who holds it goes on reading it
        identity = (found.st_ino, found.st_mtime_ns)
        if cached is None or cached[0] != identity:
            try:
                cached = (identity, cls(Opening(connect(path, is_read_only=True))))
            except StoreError:
                if path.exists():
                    raise
                return None
            _open[path] = cached
        _open.move_to_end(path)
        while len(_open) > _KEPT_OPEN:
            _open.popitem(last=False)  # closed by Python when its last holder lets go
        return cached[1]

    @contextmanager
    def _cursor(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Lend a cursor for one question: threads share a connection only through cursors."""
        try:
            with self._opening.connection.cursor() as cursor:
                yield cursor
        except (duckdb.CatalogException, duckdb.BinderException) as error:
            raise StoreError(
                "The snapshot was made by another version of this program. Run `python -m kpi publish --full`."
            ) from error

    def _frame(self, query: str, **parameters: Any) -> pd.DataFrame:
        """Return the answer as a frame of the asker's own: to change it changes no other's."""
        if query not in self._kept:
            return self._asked(query, **parameters)
        question = (query, tuple(sorted(parameters.items())))
        if question not in self._opening.kept:
            self._opening.kept[question] = self._asked(query, **parameters)
        return self._opening.kept[question].copy(deep=False)

    def _asked(self, query: str, **parameters: Any) -> pd.DataFrame:
        with self._cursor() as cursor:
            frame = cursor.execute(sql(f"{self._questions}/{query}"), parameters).df()
        # DuckDB gives a column without any text as objects, where the others are str
        texts = [name for name, dtype in frame.dtypes.items() if str(dtype) == "object"]
        return frame.astype(dict.fromkeys(texts, "str"))

    def _kept_rows(self, query: str) -> list[tuple[Any, ...]]:
        """Return the answer to a question that every page asks again; nobody may change the list."""
        if query not in self._opening.kept_rows:
            self._opening.kept_rows[query] = self._rows(query)
        return self._opening.kept_rows[query]

    def _rows(self, query: str, **parameters: Any) -> list[tuple[Any, ...]]:
        with self._cursor() as cursor:
            return cursor.execute(sql(f"{self._questions}/{query}"), parameters).fetchall()
