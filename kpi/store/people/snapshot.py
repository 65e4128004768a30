"""Answers questions on people from a private snapshot. Knows SQL; decides nothing about who may ask: `kpi.access` does.

Nothing here is scored, and no predicate is made: views join these frames with `kpi.scoring` and `kpi.appraisal`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import ClassVar, Final

import pandas as pd

from kpi.people_model import AppraisalKind
from kpi.store.reading import Reading

PEOPLE_FOLDER: Final = "people"


class PeopleSnapshot(Reading):
    """A published state of the people's record; made by `PeopleSnapshot.open` alone."""

    _folder: ClassVar[str] = PEOPLE_FOLDER
    _questions: ClassVar[str] = "people/snapshot"

    def employees(
        self,
        organisation_code: str,
        *,
        on: date | None = None,
        employee_codes: Sequence[str] | None = None,
        unit_codes: Sequence[str] | None = None,
    ) -> pd.DataFrame:
        """One row per post, or per employee in post on the day `on`; None = all.

        employee_code, name, position, unit_code, superior_code, functional_level, valid_from, valid_to.
        """
        return self._posts(organisation_code, on=on, employee_codes=employee_codes, unit_codes=unit_codes)

    def staff_of(self, organisation_code: str, superior_code: str, *, on: date | None = None) -> pd.DataFrame:
        """One row per post right under a superior (on the day `on`), columns as `employees`."""
        return self._posts(organisation_code, on=on, superior_code=superior_code)

    def iki(self, organisation_code: str, employee_codes: Sequence[str] | None = None) -> pd.DataFrame:
        """One row per individual indicator, columns as the fields of `people_model.IndividualIndicator`."""
        return self._frame("iki", organisation_code=organisation_code, employee_codes=_listed(employee_codes))

    def iki_facts(
        self,
        organisation_code: str,
        employee_codes: Sequence[str] | None = None,
        *,
        first: date | None = None,
        last: date | None = None,
    ) -> pd.DataFrame:
        """One row per individual indicator and period with a value or a target, as `scoring.score_table` takes them.

        `first` and `last` are inclusive, by period_end. Missing value or target: NaN. Columns as in the SQL file.
        """
        return self._frame(
            "iki_facts",
            organisation_code=organisation_code,
            employee_codes=_listed(employee_codes),
            first=first,
            last=last,
        )

    def appraisals(
        self,
        organisation_code: str,
        *,
        employee_codes: Sequence[str] | None = None,
        unit_codes: Sequence[str] | None = None,
        kind: AppraisalKind | None = None,
        first: date | None = None,
        last: date | None = None,
    ) -> pd.DataFrame:
        """One row per appraisal in force, with unit_code, name … of the post held at its end, else the last before it.

        `first` and `last` are inclusive, by period_end. Columns as in the SQL file; a core value may be missing.
        """
        return self._frame(
            "appraisals",
            organisation_code=organisation_code,
            employee_codes=_listed(employee_codes),
            unit_codes=_listed(unit_codes),
            kind=kind.value if kind else None,
            first=first,
            last=last,
        )

    def appraisal_history(self, organisation_code: str, employee_code: str) -> pd.DataFrame:
        """One row per version of each of an employee's appraisals, newest first; `is_newest` marks those in force."""
        return self._frame("appraisal_history", organisation_code=organisation_code, employee_code=employee_code)

    def unit_predicates(
        self,
        organisation_code: str,
        *,
        kind: AppraisalKind | None = None,
        first: date | None = None,
        last: date | None = None,
    ) -> pd.DataFrame:
        """One row per unit and period that was judged as a whole, by unit_code and period_end."""
        return self._frame(
            "unit_predicates",
            organisation_code=organisation_code,
            kind=kind.value if kind else None,
            first=first,
            last=last,
        )

    def sizes(self, organisation_code: str, on: date) -> pd.DataFrame:
        """One row per unit with somebody in post on a day: unit_code, persons right in it."""
        return self._frame("sizes", organisation_code=organisation_code, on=on)

    def predicate_counts(
        self,
        organisation_code: str,
        *,
        kind: AppraisalKind | None = None,
        first: date | None = None,
        last: date | None = None,
    ) -> pd.DataFrame:
        """One row per unit, round, work result and behaviour: how many persons; by the post held at the round's end.

        unit_code, kind, period_start, period_end, work_result, behaviour, persons. Nothing is suppressed here.
        """
        return self._frame(
            "predicate_counts",
            organisation_code=organisation_code,
            kind=kind.value if kind else None,
            first=first,
            last=last,
        )

    def follow_up_counts(self, organisation_code: str) -> pd.DataFrame:
        """One row per unit, state and is_overdue: count of follow-ups of who is in post today; nothing suppressed."""
        return self._frame("follow_up_counts", organisation_code=organisation_code)

    def follow_ups(self, organisation_code: str, employee_codes: Sequence[str] | None = None) -> pd.DataFrame:
        """One row per follow-up as it stands, by due date; `is_closed`, `is_overdue` (by the snapshot's today)."""
        return self._frame("follow_ups", organisation_code=organisation_code, employee_codes=_listed(employee_codes))

    def follow_up_history(self, organisation_code: str, follow_up_code: str) -> pd.DataFrame:
        """One row per version of a follow-up, oldest first: what changed, when, by whom."""
        return self._frame("follow_up_history", organisation_code=organisation_code, follow_up_code=follow_up_code)

    def notes(self, organisation_code: str, employee_code: str) -> pd.DataFrame:
        """One row per feedback note on an employee, newest first."""
        return self._frame("notes", organisation_code=organisation_code, employee_code=employee_code)

    def batches(self, organisation_code: str) -> pd.DataFrame:
        """One row per batch, newest first; `recorded_at` in UTC, `is_withdrawn`."""
        return self._frame("batches", organisation_code=organisation_code)

    def _posts(
        self,
        organisation_code: str,
        *,
        on: date | None,
        employee_codes: Sequence[str] | None = None,
        unit_codes: Sequence[str] | None = None,
        superior_code: str | None = None,
    ) -> pd.DataFrame:
        return self._frame(
            "employees",
            organisation_code=organisation_code,
            on=on,
            employee_codes=_listed(employee_codes),
            unit_codes=_listed(unit_codes),
            superior_code=superior_code,
        )


def _listed(codes: Sequence[str] | None) -> list[str] | None:
    return None if codes is None else list(codes)
