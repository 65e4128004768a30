"""Publishes a record organisation by organisation, on whatever machines, and lays the pieces together.

All that makes a figure lies within one organisation, so what `publish` makes of one organisation's part of the record
is a piece of the snapshot of the whole. Who runs the pieces, and how figures get there, is the caller's to know.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb

from kpi.errors import StoreError
from kpi.messages import Message
from kpi.model import SnapshotMeta
from kpi.store.access_folding import fold_or_warn
from kpi.store.consolidation import Progress
from kpi.store.engine import connect_for_making, sql
from kpi.store.lock import held
from kpi.store.meta import write_meta
from kpi.store.opening import LOCK_NAME
from kpi.store.partitions import write_partitions
from kpi.store.placing import NOT_PUBLISHED, WAIT_FOR_RECORD, day_shown, kept_meta, making_folder, put_in_place
from kpi.store.punctuality import instant_after
from kpi.store.versions import new_version


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be made: a piece of each of `organisations` (those with most figures first), put into `folder`.

    `definitions` is the record without its figures, `figures` where these lie (`kpi.store.partitions`): a folder, or
    what only the cluster can read. `today` and `as_known_at` as for `publish`.
    """

    definitions: Path
    figures: str
    folder: Path
    organisations: tuple[str, ...]
    today: date
    as_known_at: date | None


@dataclass(frozen=True, slots=True)
class Piece:
    """A finished piece: which organisation's (its place in the order), what its file is called, how many facts it has.

    `seconds` is what making it took.
    """

    place: int
    name: str
    facts: int
    seconds: float


Maker = Callable[[Order, Progress], Sequence[Piece]]


def publish_in_pieces(
    store: Path,
    make: Maker,
    *,
    figures: str | None = None,
    today: date | None = None,
    as_known_at: date | None = None,
    keep: int = 5,
    force: bool = False,
    progress: Progress | None = None,
) -> SnapshotMeta:
    """Do what `publish` does, the pieces made by `make`; `figures` (default: the record's own) is where figures lie.

    The snapshot is the same to the row. Raises as `publish`, and StoreError when the record has no organisation, or the
    figures are not those that its batches counted.
    """
    store, report = Path(store), progress or _silent
    day = today or day_shown(as_known_at)
    fold_or_warn(store)
    with making_folder(store) as making:
        try:
            report(0.0, "reading the record")
            found = _ordered(store, making, figures, day, as_known_at, force)
            if isinstance(found, SnapshotMeta):
                return found
            order, record_version = found
            pieces = _complete(order, make(order, lambda share, what: report(0.1 + 0.6 * share, what)))
            now = datetime.now(UTC)
            meta = SnapshotMeta(
                new_version(store, record_version, now, as_known_at), record_version, now, day, as_known_at
            )
            _lay_together(making, order, pieces, meta, lambda share, what: report(0.7 + 0.3 * share, what))
        except duckdb.Error as error:
            raise StoreError(NOT_PUBLISHED, store=store, why=str(error)) from error
        placed = put_in_place(store, making / "snapshot.duckdb", meta, keep)
    report(1.0, "published")
    return placed


def _ordered(
    store: Path, making: Path, figures: str | None, today: date, as_known_at: date | None, force: bool
) -> tuple[Order, int] | SnapshotMeta:
    """Copy what the record says; return what is to be made, of which state, or the snapshot that shows it."""
    definitions = making / "definitions.duckdb"
    folder = making / "pieces"
    folder.mkdir()
    with held(store / LOCK_NAME, WAIT_FOR_RECORD), connect_for_making(definitions) as connection:
        connection.execute(sql("pieces/attach_record"))
        known_before = instant_after(as_known_at) if as_known_at else None
        rows = connection.execute(sql("publish/record_version"), {"known_before": known_before}).fetchall()
        kept = None if force else kept_meta(store, rows[0][0], today, as_known_at)
        if kept is not None:
            return kept
        connection.execute(sql("pieces/copy_definitions"))
        if figures is None:
            figures = str(making / "figures")
            write_partitions(connection, Path(figures))
        organisations = tuple(code for code, _ in connection.execute(sql("pieces/organisations")).fetchall())
    if not organisations:
        text = "{store}: the record has no organisation to publish. Import a file with --create first."
        raise StoreError(text, store=store)
    return Order(definitions.resolve(), figures, folder.resolve(), organisations, today, as_known_at), rows[0][0]


def _complete(order: Order, pieces: Sequence[Piece]) -> list[Piece]:
    """Return the pieces in the order of a snapshot. Raises StoreError when one is missing."""
    by_code = {order.organisations[piece.place]: piece for piece in pieces}
    if missing := [code for code in order.organisations if code not in by_code]:
        text = "{count} organisations were not made, {code} among them; nothing was published. Run it again."
        raise StoreError(text, count=len(missing), code=missing[0])
    return [by_code[code] for code in sorted(by_code)]


def _lay_together(making: Path, order: Order, pieces: Sequence[Piece], meta: SnapshotMeta, report: Progress) -> None:
    beside = making / "piece.duckdb"
    with connect_for_making(making / "snapshot.duckdb") as connection:
        for number, piece in enumerate(pieces):
            report(0.9 * number / len(pieces), f"laying {number + 1} of {len(pieces)}")
            (order.folder / piece.name).replace(beside)
            if number == 0:
                connection.execute(sql("pieces/schema"))
            connection.execute(sql("pieces/lay"))
        beside.unlink()
        connection.execute(sql("pieces/clear_meta"))
        write_meta(connection, meta)
        report(0.95, "checking")
        made = {"facts": sum(piece.facts for piece in pieces)}
        broken = [rule for rule, cases in connection.execute(sql("pieces/laid_rules"), made).fetchall() if cases]
    if broken:
        text = "The new snapshot breaks a rule ({rule}); it was not published. Report this."
        raise StoreError(text, rule=Message(broken[0]))


def _silent(share: float, what: str) -> None:
    """Report progress to nobody."""
