"""The people's record: the append-only book of employees, appraisals and follow-ups. Its owner alone may read it.

Rows are added and never changed, as in the figures' record; the newest batch that stands wins for each key.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import ClassVar, Final, TypeVar

import pyarrow as pa

from kpi.errors import StoreError
from kpi.messages import Message
from kpi.people_model import Employee, IndividualIndicator
from kpi.store.batch import Batch, BatchHeader
from kpi.store.engine import sql
from kpi.store.ledger import Ledger
from kpi.store.opening import Layout
from kpi.store.people.entry import PEOPLE_FIGURES, PeopleComparison, PeopleEntry, Thing, in_layout
from kpi.store.people.kinds import EMPLOYEE, IKI, KINDS, Kind
from kpi.store.people.rules import check_codes, check_posts
from kpi.store.private import guard_log

__all__ = ["PEOPLE", "PEOPLE_FIGURES", "Batch", "BatchHeader", "PeopleComparison", "PeopleEntry", "PeopleRecord"]

PEOPLE: Final = Layout("people.duckdb", "people.lock", "people/record", is_private=True)
T = TypeVar("T", bound=Thing)


class PeopleRecord(Ledger):
    """One opening of the people's record; made by `PeopleRecord.opened` alone."""

    _layout: ClassVar[Layout] = PEOPLE

    def all_of(self, thing: type[T], organisation_code: str) -> list[T]:
        """Return the things of one type as they stand, by key: `all_of(Employee, "KEMUNING")`."""
        kind = next(kind for kind in KINDS if kind.thing is thing)
        rows = self._rows(f"people/record/newest_{kind.table}", organisation_code=organisation_code)
        return [made for row in rows if isinstance(made := kind.from_row(row), thing)]

    def touched_since(self, batch_number: int, organisation_code: str, things: Sequence[Thing]) -> list[Thing]:
        """Return those of `things` of which another version was entered, or withdrawn, after a batch."""
        rows = self._rows("people/record/touched_since", organisation_code=organisation_code, batch_number=batch_number)
        touched = {(row["kind"], row["first"], row["second"], row["third"]) for row in rows}
        return [thing for thing in things if _named(thing) in touched]

    def compare(self, organisation_code: str, entry: PeopleEntry) -> PeopleComparison:
        """Say how many things and figures are new, corrections, or known; raises as `append`, writes nothing."""
        return self._compared(organisation_code, entry)[0]

    def append(self, header: BatchHeader, entry: PeopleEntry) -> Batch | None:
        """Add what is new and changed as one batch, all or nothing; None, and nothing written, when all is known.

        Raises StoreError or UnknownCode: an employee that isn't known, posts that overlap, superiors in a circle, two
        things under one key, a figure without its indicator, a broken rule of the schema.
        """
        with self._transaction():
            comparison, new = self._compared(header.organisation_code, entry)
            if not comparison.accepted:
                return None
            batch = self._next_batch(header, comparison.accepted, comparison.unchanged)
            self._add_batch(batch)
            for kind in KINDS:
                self._add(kind, [thing for thing in new if isinstance(thing, kind.thing)], batch)
            keys = {"organisation_code": batch.organisation_code, "batch_number": batch.batch_number}
            for table in ("iki_measurement", "iki_target"):
                self._connection.execute(sql(f"people/record/add_{table}"), keys)
            return batch

    def withdraw(self, batch_number: int, made_by: str, reason: str) -> Batch:
        """Take a batch out of force by a new entry; its rows stay. What it had corrected stands again.

        Raises StoreError without a reason, when it is no batch in force, and when later entries need an employee or an
        indicator that it alone defines.
        """
        if not reason.strip():
            raise StoreError("Batch {batch} can't be withdrawn without a reason. Say why.", batch=batch_number)
        with self._transaction():
            batches = {batch.batch_number: batch for batch in self.batches()}
            target = batches.get(batch_number)
            if (
                target is None
                or target.withdraws is not None
                or batch_number in {each.withdraws for each in batches.values()}
            ):
                raise StoreError("Batch {batch} can't be withdrawn: it is no batch in force.", batch=batch_number)
            header = BatchHeader(target.organisation_code, "withdrawal", made_by=made_by, reason=reason)
            batch = dataclasses.replace(self._next_batch(header), withdraws=batch_number)
            self._add_batch(batch)
            if orphans := self._rows("people/record/orphans"):
                first = " ".join(part for part in orphans[0].values() if part)
                text = (
                    "Batch {batch} can't be withdrawn: it defines {first}, which later entries need. Withdraw those "
                    "first."
                )
                raise StoreError(text, batch=batch_number, first=first)
            check_posts(self.all_of(Employee, target.organisation_code))
            return batch

    # inside -------------------------------------------------------------------------------------------------------

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        if self._is_writable:
            guard_log(self._path)
        with super()._transaction():
            yield

    def _compared(self, organisation_code: str, entry: PeopleEntry) -> tuple[PeopleComparison, list[Thing]]:
        """Return the counts and the things to write; leaves the temporary table `compared` for the figures."""
        known: dict[type[Thing], dict[tuple[object, ...], Thing]] = {}
        new: list[Thing] = []
        changed = 0
        for kind in KINDS:
            given = [thing for thing in entry.things if isinstance(thing, kind.thing)]
            is_needed = given or kind is EMPLOYEE or (kind is IKI and entry.figures is not None)
            known_things = self.all_of(kind.thing, organisation_code) if is_needed else []
            standing = {kind.key_of(thing): thing for thing in known_things}
            fresh = [thing for thing in _by_key(kind, given).values() if standing.get(kind.key_of(thing)) != thing]
            changed += sum(kind.key_of(thing) in standing for thing in fresh)
            new += fresh
            known[kind.thing] = {**standing, **{kind.key_of(thing): thing for thing in fresh}}
        self._check(organisation_code, entry, known)
        figures = self._compare_figures(organisation_code, entry.figures, known)
        return (
            PeopleComparison(
                new=len(new) - changed + figures.new,
                changed=changed + figures.changed,
                unchanged=len(entry.things) - len(new) + figures.unchanged,
            ),
            new,
        )

    def _check(
        self, organisation_code: str, entry: PeopleEntry, known: dict[type[Thing], dict[tuple[object, ...], Thing]]
    ) -> None:
        for thing in entry.things:
            if thing.organisation_code != organisation_code:
                text = "An entry belongs to organisation {other}, not {code}."
                raise StoreError(text, other=thing.organisation_code, code=organisation_code)
        posts = [post for post in known[Employee].values() if isinstance(post, Employee)]
        check_posts(posts)
        check_codes(entry.things, {post.employee_code for post in posts})

    def _compare_figures(
        self,
        organisation_code: str,
        figures: pa.Table | None,
        known: dict[type[Thing], dict[tuple[object, ...], Thing]],
    ) -> PeopleComparison:
        indicators = [each for each in known[IndividualIndicator].values() if isinstance(each, IndividualIndicator)]
        defined = {
            "employee_code": pa.array([each.employee_code for each in indicators], pa.string()),
            "indicator_code": pa.array([each.indicator_code for each in indicators], pa.string()),
            "multiplier": pa.array([each.multiplier for each in indicators], pa.float64()),
        }
        self._connection.register("incoming", in_layout(figures))
        self._connection.register("incoming_iki", pa.table(defined))
        self._connection.execute(sql("people/record/compare_figures"), {"organisation_code": organisation_code})
        if faults := self._rows("people/record/compared_faults"):
            first = faults[0]
            raise StoreError(
                "Line {line} ({unit}, {indicator}): {fault}. {count} such in all; nothing was written.",
                line=first["line"],
                unit=first["employee_code"],
                indicator=first["indicator_code"],
                fault=Message(first["fault"]),
                count=len(faults),
            )
        return PeopleComparison(**self._rows("people/record/compared_counts")[0])

    def _add(self, kind: Kind, things: Sequence[Thing], batch: Batch) -> None:
        if not things:
            return
        self._connection.register("incoming", kind.as_arrow(things))
        self._connection.execute(sql(f"people/record/add_{kind.table}"), {"batch_number": batch.batch_number})

    def _add_batch(self, batch: Batch) -> None:
        self._connection.execute(sql("people/record/add_batch"), dataclasses.asdict(batch))


def _named(thing: Thing) -> tuple[str, ...]:
    """Return the table and the key of a thing as texts, as touched_since.sql gives them."""
    kind = next(kind for kind in KINDS if isinstance(thing, kind.thing))
    key = [str(part) for part in kind.key_of(thing)]
    return (kind.table, *key, *([""] * (3 - len(key))))


def _by_key(kind: Kind, things: Sequence[Thing]) -> dict[tuple[object, ...], Thing]:
    """Return the things by key. Raises StoreError where two that differ have one key."""
    found: dict[tuple[object, ...], Thing] = {}
    for thing in things:
        key = kind.key_of(thing)
        if found.setdefault(key, thing) != thing:
            said = ", ".join(str(part) for part in key)
            raise StoreError("{key}: stands twice with different content. Keep one of the two.", key=said)
    return found
