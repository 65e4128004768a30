"""The private snapshot of people as one access may see it: the only reader of people that views are given.

Every question passes one place, `_frame`, which knows for each what it takes; a question that it doesn't know is
refused. Rows of a person are given to who may read that person, each look is logged first, and asking by name for
somebody else is refused and logged. Counts are given for the whole organisation, small groups and all, to who may see
summaries of any of its units: which groups may be shown can be told over the whole tree alone, and views do that
(`kpi.views.people`); `check_counted` says of which units. Nothing of it may be cached between sessions.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, Final  # Any: values bound to the SQL's parameters

import pandas as pd

from kpi.access.checks import refuse
from kpi.access.looks import LISTED, RECORD, log_looks
from kpi.access.persons import Held, held_on, reach
from kpi.access.rights import BOUND_TO_PERSONS, Access, Grant, Right, Role
from kpi.access.unit_tree import parents_for
from kpi.people_model import Employee
from kpi.store.access_folding import looks_at
from kpi.store.access_log import Entry
from kpi.store.people.snapshot import PEOPLE_FOLDER, PeopleSnapshot
from kpi.store.versions import POINTER, folder_of

COUNTS: Final = frozenset({"sizes", "predicate_counts", "follow_up_counts", "unit_predicates"})
"""Questions whose answers name nobody: they take the right to see summaries."""
POSTS: Final = "employees"
RECORDS: Final = frozenset({"iki", "iki_facts", "appraisals", "appraisal_history", "follow_ups", "notes"})
"""Questions whose answers are a person's record: each is a look at everybody in the answer."""
HISTORY: Final = "follow_up_history"
BATCHES: Final = "batches"
RULED: Final = frozenset({*COUNTS, POSTS, *RECORDS, HISTORY, BATCHES})
"""Every question that may be asked at all."""


class AllowedPeople(PeopleSnapshot):
    """One opening of the private snapshot in the eyes of one access; made by `allowed_people` alone."""

    def __init__(self, store: Path, snapshot: PeopleSnapshot, access: Access) -> None:
        super().__init__(snapshot.shared)
        self.store = store
        self.access = access
        self._held: dict[str, dict[str, Held]] = {}
        self._reached: dict[tuple[str, Right], frozenset[str] | None] = {}

    def readable(self, organisation_code: str) -> frozenset[str] | None:
        """Return the codes of the persons whose record may be read; None = everybody's."""
        return self._reach(Right.READ_PERSON, organisation_code)

    def may(self, right: Right, organisation_code: str, employee_code: str) -> bool:
        """Whether this access has the right for this person: what a page offers. Doors that write check anew."""
        reached = self._reach(right, organisation_code)
        return self.access.may(right, organisation_code) and (reached is None or employee_code in reached)

    def counted_units(self, organisation_code: str) -> frozenset[str] | None:
        """Return the units of which summaries may be seen; None = all.

        A superior's are those of the own post and below, besides what the role is bound to.
        """
        right = Right.COUNT_PEOPLE
        granted = [grant for grant in self.access.grants if grant.gives(right, organisation_code)]
        own = [self._held_in(organisation_code).get(grant.employee_code or "") for grant in granted if _is_bound(grant)]
        at = [Grant(Role.SUPERIOR, organisation_code, held.unit_code) for held in own if held is not None]
        access = Access(self.access.identity, self.access.name, (*granted, *at))
        return access.units(right, organisation_code, parents_for(self.store, access, organisation_code))

    def check_counted(self, organisation_code: str, unit_code: str) -> None:
        """Return where summaries of this unit may be seen; else log and refuse. Raises AccessRefused."""
        units = self.counted_units(organisation_code)
        if units is not None and unit_code not in units:
            refuse(self.store, self.access, Right.COUNT_PEOPLE, organisation_code, unit_code=unit_code)

    def names(self, organisation_code: str) -> dict[str, str]:
        """Return the newest name, by code, of everybody who may be read and of those right above them."""
        posts = super()._frame(POSTS, **_all_posts(organisation_code))
        names = dict(zip(posts["employee_code"].astype(str), posts["name"].astype(str), strict=True))
        readable = self.readable(organisation_code)
        if readable is None:
            return names
        above = posts.loc[posts["employee_code"].isin(list(readable)), "superior_code"].dropna()
        shown = readable.union(above.astype(str))
        return {code: name for code, name in names.items() if code in shown}

    def looks(self, organisation_code: str, employee_code: str) -> tuple[Entry, ...] | None:
        """Return who looked at a person's record, newest first; None where that is not for this reader to see.

        It is for the person, and for who keeps everybody's records.
        """
        self._check(organisation_code, [employee_code])
        own = self.access.employee_code(organisation_code)
        if employee_code != own and not self._is_unbound(Right.READ_PERSON, organisation_code):
            return None
        return tuple(looks_at(self.store, organisation_code, employee_code))

    # inside -------------------------------------------------------------------------------------------------------

    def _reach(self, right: Right, organisation_code: str) -> frozenset[str] | None:
        """Return the codes of the persons for whom the right is given; None = everybody."""
        key = (organisation_code, right)
        if key not in self._reached:
            parents = parents_for(self.store, self.access, organisation_code)
            held = self._held_in(organisation_code).values()
            self._reached[key] = reach(self.access, right, organisation_code, held, parents)
        return self._reached[key]

    def _frame(self, query: str, **parameters: Any) -> pd.DataFrame:
        """Answer a question as far as this access may ask it. Raises AccessRefused, and logs it."""
        if query not in RULED:
            raise KeyError(f"kpi.access.people has no rule for the question {query}.")
        organisation_code = parameters["organisation_code"]
        if query in COUNTS or query == BATCHES:
            right = Right.MANAGE_PEOPLE if query == BATCHES else Right.COUNT_PEOPLE
            if not self.access.may(right, organisation_code):
                refuse(self.store, self.access, right, organisation_code)
            return super()._frame(query, **parameters)
        if query == HISTORY:
            parameters = self._of_readable(organisation_code, parameters)
        asked = _asked(parameters)
        self._check(organisation_code, asked)
        return self._of_persons(query, organisation_code, asked, parameters)

    def _of_persons(
        self, query: str, organisation_code: str, asked: list[str] | None, parameters: dict[str, Any]
    ) -> pd.DataFrame:
        found = super()._frame(query, **parameters)
        readable = self.readable(organisation_code)
        if readable is not None and "employee_code" in found:
            found = found[found["employee_code"].isin(list(readable))].reset_index(drop=True)
        if query in RECORDS:
            seen = asked if asked is not None else found["employee_code"].astype(str).unique().tolist()
            what = RECORD if asked is not None and len(asked) == 1 else LISTED
            log_looks(self.store, self.access, organisation_code, seen, what)
        return found

    def _of_readable(self, organisation_code: str, parameters: dict[str, Any]) -> dict[str, Any]:
        """Return the parameters of a follow-up's history, after a look at whose it is."""
        every = super()._frame("follow_ups", organisation_code=organisation_code, employee_codes=None)
        is_it = every["follow_up_code"] == parameters["follow_up_code"]
        codes = every.loc[is_it, "employee_code"].astype(str).tolist()
        self._check(organisation_code, codes)
        log_looks(self.store, self.access, organisation_code, codes, RECORD)
        return parameters

    def _check(self, organisation_code: str, employee_codes: list[str] | None) -> None:
        if not self.access.may(Right.READ_PERSON, organisation_code):
            refuse(self.store, self.access, Right.READ_PERSON, organisation_code)
        readable = self.readable(organisation_code)
        outside = [] if readable is None else sorted(set(employee_codes or ()) - readable)
        if outside:
            refuse(self.store, self.access, Right.READ_PERSON, organisation_code, employee_code=outside[0])

    def _is_unbound(self, right: Right, organisation_code: str) -> bool:
        """Whether the right is given for more than the own person and the own staff."""
        return any(not _is_bound(grant) and grant.gives(right, organisation_code) for grant in self.access.grants)

    def _held_in(self, organisation_code: str) -> dict[str, Held]:
        if organisation_code not in self._held:
            posts = super()._frame(POSTS, **_all_posts(organisation_code)).astype(object)
            rows = posts.where(posts.notna(), None).to_dict("records")
            self._held[organisation_code] = held_on(
                (_post(organisation_code, row) for row in rows),  # pyright: ignore[reportArgumentType] — names of columns
                self.meta.today,
            )
        return self._held[organisation_code]


def has_people(store: Path) -> bool:
    """Whether a private snapshot was published in a store."""
    return (folder_of(store, PEOPLE_FOLDER) / POINTER).exists()


def allowed_people(store: Path, access: Access) -> AllowedPeople:
    """Return the newest private snapshot of a store as `access` may see it. Raises StoreError where there is none."""
    return AllowedPeople(Path(store), PeopleSnapshot.open(Path(store)), access)


def _is_bound(grant: Grant) -> bool:
    return grant.role in BOUND_TO_PERSONS


def _asked(parameters: dict[str, Any]) -> list[str] | None:
    """Return the persons that a question names; None = it names nobody."""
    if parameters.get("employee_code") is not None:
        return [str(parameters["employee_code"])]
    codes = parameters.get("employee_codes")
    return None if codes is None else [str(code) for code in codes]


def _all_posts(organisation_code: str) -> dict[str, Any]:
    rest = ("on", "employee_codes", "unit_codes", "superior_code")
    return {"organisation_code": organisation_code, **dict.fromkeys(rest)}


def _post(organisation_code: str, row: dict[str, Any]) -> Employee:
    begun, ended = pd.Timestamp(row["valid_from"]).date(), row["valid_to"]
    last: date | None = None if ended is None else pd.Timestamp(ended).date()
    return Employee(
        organisation_code,
        row["employee_code"],
        row["name"],
        row["position"],
        row["unit_code"],
        begun,
        last,
        row["superior_code"],
    )
